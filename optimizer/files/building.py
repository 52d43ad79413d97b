"""From raw content to a `Week`, or to every problem it has, each at its place in the files."""

from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from optimizer.errors import Problem, UnusableInput, WeekProblems
from optimizer.files.draft import Loc, Origin, Raw
from optimizer.files.partial import partial_problems, pins_beyond_horizon
from optimizer.files.sentences import details_of, sentence_of
from optimizer.files.sheets import quoted
from optimizer.week import Week

MAX_PROBLEMS = 1_000


def built(
    validate: Callable[[], Week],
    raw: Raw,
    origin: Origin,
    problems: list[Problem],
    failed: set[Loc],
) -> Week:
    """The week, when nothing is wrong with it nor was before (`problems`, whose places are `failed`)."""
    try:
        week = validate()
    except ValidationError as error:
        details = details_of(error)
        whole = _whole(details)
        told = list(_told(details, origin, failed))
        broken = failed | ({detail["loc"] for detail in details} if not whole else set())
        across = [(loc_of(problem.where), problem) for problem in whole]
        if problems or not whole:
            across = list(partial_problems(raw, broken))
        places = {loc for loc, _ in across}
        across += [found for found in pins_beyond_horizon(raw) if found[0] not in places]
        raise unusable([*problems, *told, *_at(origin, across)]) from None
    if problems:
        raise unusable([*problems, *_at(origin, pins_beyond_horizon(raw))])
    return week


def _at(origin: Origin, found: Iterable[tuple[Loc, Problem]]) -> Iterator[Problem]:
    for loc, problem in found:
        words = problem.found.replace(quoted(loc[-1]), quoted(origin.name(loc)))
        yield Problem(origin.where(loc), words, problem.expected)


def unusable(problems: list[Problem]) -> UnusableInput:
    """Every problem once; beyond a thousand, their number."""
    every = list(dict.fromkeys(problems))
    if len(every) > MAX_PROBLEMS:
        left = len(every) - MAX_PROBLEMS
        every = [*every[:MAX_PROBLEMS], Problem("et ensuite", f"{left} autres problèmes", "aucun")]
    return UnusableInput(every)


def _whole(details: list[ErrorDetails]) -> list[Problem]:
    """The problems that the invariants found, when every field could be read."""
    causes = (detail.get("ctx", {}).get("error") for detail in details)
    return [problem for cause in causes if isinstance(cause, WeekProblems) for problem in cause.problems]


def _told(details: list[ErrorDetails], origin: Origin, failed: set[Loc]) -> Iterator[Problem]:
    for detail in details:
        loc = detail["loc"]
        told = isinstance(detail.get("ctx", {}).get("error"), WeekProblems)
        if not told and not any(loc[:size] in failed for size in range(1, len(loc) + 1)):
            yield Problem(origin.where(loc), *sentence_of(detail, origin))


def loc_of(pointer: str) -> Loc:
    """The path that a JSON pointer stands for."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    return tuple(int(step) if step.isdecimal() else step for step in steps)


def pointer_of(loc: Loc) -> str:
    """The JSON pointer of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in loc)
