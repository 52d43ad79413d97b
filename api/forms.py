"""The forms of a plan, chosen by name or by media type, and what each reader may read in them."""

from enum import StrEnum

from api.asking import week_and_plan
from api.callers import Caller
from api.given import Service
from api.problems import Code, Refused
from api.store.tables import Result
from optimizer.errors import UnusableInput
from optimizer.files.views import view
from optimizer.files.writing import WRITERS
from optimizer.holding import week_of


class Form(StrEnum):
    """A form of a plan."""

    JSON = "json"
    ICS = "ics"
    XLSX = "xlsx"
    CSV = "csv"
    HTML = "html"
    ZIP = "zip"

    @property
    def media_type(self) -> str:
        """Its media type."""
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    Form.JSON: "application/json",
    Form.ICS: "text/calendar",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv",
    Form.HTML: "text/html",
    Form.ZIP: "application/zip",
}


def chosen(accept: str) -> Form:
    """The first form that `Accept` names; JSON where anything will do.

    Raises
    ------
    Refused
        It names none of them.
    """
    named = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    for name in named:
        for form, media_type in MEDIA_TYPES.items():
            if name == media_type:
                return form
    if any(name in ("", "*/*", "application/*") for name in named):
        return Form.JSON
    forms = ", ".join(MEDIA_TYPES.values())
    raise Refused(Code.NOT_ACCEPTABLE, f"attendu : {forms}", f"expected: {forms}")


def written(service: Service, caller: Caller, result: Result, form: Form, audience: str | None) -> bytes:
    """The plan of a result for a reader; a key that is limited reads as whom it is limited to, and no other.

    Raises
    ------
    Refused
        There is no plan, or it is not this reader's.
    UnusableInput
        The week knows no such service or person.
    """
    if caller.audience is not None and audience not in (None, caller.audience):
        caller.needs_whole()
    whom = audience if caller.audience is None else caller.audience
    name = result.job_id, form.value, whom
    if (content := service.sheets.find(name)) is not None:
        return content
    whole, plan = week_and_plan(service, caller, result)
    week, _ = week_of(whole, plan)
    try:
        content = WRITERS[f".{form}"](view(week, plan, whom))
    except UnusableInput:
        if (
            caller.audience is not None
        ):  # its own service or person is not in this week: nothing is said of it
            raise Refused(Code.NOT_FOUND) from None
        raise
    service.sheets.keep(name, content)
    return content
