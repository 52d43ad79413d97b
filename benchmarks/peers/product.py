"""The product, through its door."""

from time import monotonic

from benchmarks.peers.answer import WORKERS, Answer
from optimizer.engines.options import Options
from optimizer.errors import PolyvalenceError
from optimizer.solve import plan_week
from optimizer.week import Week


def plan(week: Week, limit: int) -> Answer:
    """The plan of `polyvalence plan`, with the plans told on the way."""
    started, told = monotonic(), []

    def on_progress(level: str, value: float, _bound: float) -> None:
        if level == "commitments":
            told.append((round(monotonic() - started, 1), value))

    try:
        found = plan_week(week, Options(time_limit=limit, workers=WORKERS), on_progress)
    except PolyvalenceError as error:
        return Answer(told=told, note=str(error))
    bounds = {level.name: level.bound for level in found.levels}
    return Answer(found, bounds["commitments"], bounds["preferences"], told)
