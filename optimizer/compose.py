"""The door that composes teams: the fewest people for fixed tasks (SMPTSP), checked apart from the engine."""

from dataclasses import replace
from pathlib import Path

from optimizer.engines.options import Options
from optimizer.engines.staffing.solve import Report, solve
from optimizer.errors import SolverLost
from optimizer.files.shifts_file import read_shifts
from optimizer.shifts import Staffing, wrongs
from optimizer.solve import heard


def compose_shifts(path: Path, options: Options, report: Report | None = None) -> Staffing:
    """Who does each task of a `.dat` file, with as few people as found within the limits.

    Ctrl-C and SIGTERM (heard in the main thread) keep the best found so far.

    Raises
    ------
    UnusableInput
        The file is not one of these, or no team could do its tasks.
    NoPlanYet
        The limit, or Ctrl-C, came before any staffing of all tasks.
    SolverLost
        The check finds a rule broken.
    """
    shifts = read_shifts(path)
    with heard() as asked:
        stopping = replace(options, is_stopped=lambda: asked.times > 0 or options.is_stopped())
        staffing = solve(shifts, stopping, report)
    if found := wrongs(shifts, staffing.assignment):
        raise SolverLost("la vérification refuse l'affectation trouvée : " + " ; ".join(found[:5]))
    return staffing


def staffing_json(staffing: Staffing) -> dict[str, object]:
    """The answer as other tools read it: indices from 0 in file order, as text for the tasks."""
    return {
        "status": staffing.status.value,
        "staff": staffing.staff,
        "lower_bound": staffing.lower_bound,
        "assignment": {str(task): str(staffing.assignment[task]) for task in sorted(staffing.assignment)},
    }
