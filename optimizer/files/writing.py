"""Writing a plan for whoever may read it, in the form that the path's ending names."""

from collections.abc import Callable
from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import writable, write_whole
from optimizer.files.plan_calendar import plan_ics, plan_zip
from optimizer.files.plan_json import plan_json, read_plan
from optimizer.files.plan_page import plan_html
from optimizer.files.plan_table import plan_csv
from optimizer.files.plan_workbook import plan_xlsx
from optimizer.files.views import View, view
from optimizer.plan import Plan
from optimizer.week import Week

__all__ = ["WRITERS", "read_plan", "refuse_unwritable", "write_plan"]

WRITERS: dict[str, Callable[[View], bytes]] = {
    ".json": plan_json,
    ".xlsx": plan_xlsx,
    ".csv": plan_csv,
    ".ics": plan_ics,
    ".zip": plan_zip,
    ".html": plan_html,
}


def write_plan(week: Week, plan: Plan, path: Path | str, audience: str | None = None) -> None:
    """Write what an audience may read of a plan; the file is there whole or not at all.

    Parameters
    ----------
    path
        Its ending chooses the form: .json, .xlsx, .csv, .ics, .zip (one calendar a person) or .html.
    audience
        A service, a professional, or nothing for the planner, who sees everything.

    Raises
    ------
    UnusableInput
        An unknown ending or audience, a plan of another week, or a path where nothing can be written.
    """
    place = Path(path)
    writer = refuse_unwritable(place)
    write_whole(place, writer(view(week, plan, audience)))


def refuse_unwritable(path: Path | str) -> Callable[[View], bytes]:
    """The writer for a path; told before a long solve rather than after it."""
    place = Path(path)
    writer = WRITERS.get(place.suffix.lower())
    if writer is None:
        expected = "un nom qui finit par " + ", ".join(WRITERS)
        raise UnusableInput(
            [Problem(str(path), f"forme {place.suffix or 'sans terminaison'!r} inconnue", expected)]
        )
    writable(place)
    return writer
