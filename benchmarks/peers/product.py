"""The product, through its door."""

from time import monotonic

from benchmarks.peers.answer import WORKERS, Answer
from optimizer.engines.options import Options
from optimizer.errors import PolyvalenceError
from optimizer.news import Spent, Told
from optimizer.solve import plan_week
from optimizer.week import Week


def plan(week: Week, limit: int) -> Answer:
    """The plan of `polyvalence plan`, with the plans told on the way."""
    started, told, spent = monotonic(), [], dict[str, float]()

    def on_progress(level: str, value: float, _bound: float) -> None:
        if level == "commitments":
            told.append((round(monotonic() - started, 1), value))

    def on_news(news: Told) -> None:
        if isinstance(news, Spent):
            spent.update(news.seconds)

    try:
        found = plan_week(week, Options(time_limit=limit, workers=WORKERS), on_progress, on_news=on_news)
    except PolyvalenceError as error:
        return Answer(told=told, spent=spent, note=str(error))
    bounds = {level.name: level.bound for level in found.levels}
    return Answer(found, bounds["commitments"], bounds["preferences"], told, spent)
