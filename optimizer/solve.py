"""The door: one week in, one judged plan out, the engine at work in a process apart.

`plan_week` refuses a week whose pins or fixed meetings contradict the law or one another, follows the
engine, and lets no plan out that the judge rejects or whose price it does not confirm.
"""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from math import inf
from time import monotonic
from types import FrameType

from optimizer.child import Child, Engine, Failed, Finished, Incumbent, Message, engine_for
from optimizer.contradictions import contradictions
from optimizer.engines.options import Options, Progress
from optimizer.errors import ContradictoryWeek, NoPlanYet, PolyvalenceError, SolverLost
from optimizer.memory import refuse_too_large
from optimizer.news import Advance, Checkpoint, Setback, Spent, Told
from optimizer.plan import LeftOut, Plan
from optimizer.vouching import vouched
from optimizer.week import Week

LOGGER = logging.getLogger(__name__)
GRACE_SHARE = 0.5
"""What an engine may take beyond its limit to write its plan down, at least `SECONDS_WITH_A_PLAN`."""
SECONDS_WITH_A_PLAN = 15.0
SECONDS_WITHOUT = 60.0
"""How long an engine that must stop is waited for, with and without a plan in hand."""
POLL_SECONDS = 0.1
OnNews = Callable[[Told], None]


@dataclass
class Asked:
    """How many times the user asked to stop: once for the best plan, twice to leave at once."""

    times: int = 0

    def hear(self, _signal: int, _frame: FrameType | None) -> None:
        """One more time."""
        self.times += 1


@dataclass(frozen=True)
class Found:
    """A plan of the engine and whether it was cut short."""

    plan: Plan
    is_cut_short: bool


def plan_week(
    week: Week,
    options: Options,
    on_progress: Progress | None = None,
    engine: Engine | None = None,
    on_news: OnNews | None = None,
    left_out: tuple[LeftOut, ...] = (),
) -> Plan:
    """The best plan found within the limits, judged, with its indicators and where it comes from.

    Ctrl-C and SIGTERM (heard in the main thread), or `options.is_stopped`, keep the best plan so far.

    Parameters
    ----------
    on_progress
        Called with the name, value and bound of each level of each better plan.
    engine
        None chooses by the size of the week (`child.engine_for`).
    on_news
        Called with how far the engine is, what it lost on the way, where time went, and, when
        `options.is_saving`, where another run may go on from.
    left_out
        The teams that the week was made without (`holding.what_holds`), for the plan to say so.

    Raises
    ------
    ContradictoryWeek
        What is pinned or fixed cannot hold together.
    UnusableInput
        The week is too large for the memory there is.
    NoPlanYet
        The limit, or Ctrl-C, came before any plan.
    SolverLost
        The engine died before any plan, or the judge does not confirm its plan.
    """
    started, engine = monotonic(), engine or engine_for(week)
    if facts := contradictions(week):
        raise ContradictoryWeek(facts)
    refuse_too_large(week, options, engine)
    left = _less(options, monotonic() - started)
    found = followed(week, left, engine, on_progress, on_news)
    seconds = None if options.deterministic and not found.is_cut_short else monotonic() - started
    plan = found.plan.model_copy(update={"left_out": left_out})
    return vouched(week, plan, options, engine.__name__, seconds)


def followed(
    week: Week,
    options: Options,
    engine: Engine,
    on_progress: Progress | None = None,
    on_news: OnNews | None = None,
    is_last_best: bool = False,
) -> Found:
    """What an engine finds in a process apart; `is_last_best` where each plan that it tells is better than
    the one before, by an order of its own."""
    choose = latest if is_last_best else better
    with heard() as asked, Child(week, options, engine) as child:
        return _follow(child, options, asked, on_progress, on_news, choose)


def _less(options: Options, seconds: float) -> Options:
    """The same options less what went by; a deterministic limit counts no seconds."""
    if options.deterministic:
        return options
    return replace(options, time_limit=max(0.0, options.time_limit - seconds))


@contextmanager
def heard() -> Iterator[Asked]:
    """Ctrl-C and a polite kill are counted, not obeyed at once; only the main thread hears them."""
    asked = Asked()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = {number: signal.signal(number, asked.hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _follow(
    child: Child,
    options: Options,
    asked: Asked,
    on_progress: Progress | None,
    on_news: OnNews | None,
    choose: Callable[[Plan | None, Plan], Plan | None],
) -> Found:
    """The engine's plan; the best one so far once the time is over or the user does not wait."""
    best: Plan | None = None
    is_asked, must_stop_at = False, _limit(options)
    while True:
        try:
            message = _heard(child, POLL_SECONDS)
        except SolverLost as error:
            if best is None:
                raise
            if on_news is not None:
                on_news(Setback(sentence=f"calcul interrompu : {error} ; le dernier plan trouvé est gardé"))
            return _cut_short(best, is_asked)
        match message:
            case Finished(plan):
                return Found(plan, is_asked)
            case Incumbent(plan):
                best = choose(best, plan)
                _tell(best, on_progress)
            case Advance() | Setback() | Spent() | Checkpoint() as news if on_news is not None:
                on_news(news)
        if (asked.times or options.is_stopped()) and not is_asked:
            is_asked, must_stop_at = True, monotonic()
            child.ask_to_stop()
            if on_news is not None:
                on_news(Setback(sentence="arrêt demandé avant la limite : le meilleur plan trouvé est gardé"))
        if asked.times > 1 or monotonic() > must_stop_at + _patience(options, best, is_asked):
            return _cut_short(_best_said(child, best, choose), is_asked)


def _heard(child: Child, seconds: float) -> Message | None:
    """What the engine says, None when it says nothing for that long.

    Raises
    ------
    PolyvalenceError
        It gave up, or is gone.
    """
    message = child.next_message(seconds)
    if isinstance(message, Failed):
        LOGGER.debug("engine failed: %s", message.trace)
        raise message.error()
    return message


def _best_said(
    child: Child, best: Plan | None, choose: Callable[[Plan | None, Plan], Plan | None]
) -> Plan | None:
    """The best plan, with those that were said and not heard yet."""
    with suppress(PolyvalenceError):
        while (message := _heard(child, 0.0)) is not None:
            if isinstance(message, Incumbent | Finished):
                best = choose(best, message.plan)
    return best


def _limit(options: Options) -> float:
    """When the engine must stop by itself; never under a deterministic limit, which counts no seconds."""
    return inf if options.deterministic else monotonic() + options.time_limit


def _patience(options: Options, best: Plan | None, is_asked: bool) -> float:
    """Seconds for an engine that must stop to write its plan down."""
    least = SECONDS_WITHOUT if best is None else SECONDS_WITH_A_PLAN
    return least if is_asked else max(least, GRACE_SHARE * options.time_limit)


def _cut_short(best: Plan | None, is_asked: bool) -> Found:
    if best is not None:
        return Found(best, is_cut_short=True)
    if is_asked:
        raise NoPlanYet("arrêt demandé avant qu'un premier plan soit trouvé ; rien n'est écrit")
    raise NoPlanYet("la limite de temps est arrivée avant un premier plan ; augmentez --time-limit")


def better(best: Plan | None, plan: Plan) -> Plan | None:
    """The better of two plans, level after level; one that broke a rule is none."""
    if plan.checker is None or not plan.checker.passed:
        return best
    if best is None or _values(plan) <= _values(best):
        return plan
    return best


def latest(best: Plan | None, plan: Plan) -> Plan | None:
    """The later of two plans, but for one that broke a rule."""
    return best if plan.checker is None or not plan.checker.passed else plan


def _values(plan: Plan) -> tuple[float, ...]:
    return tuple(level.value for level in plan.levels)


def _tell(best: Plan | None, on_progress: Progress | None) -> None:
    if best is not None and on_progress is not None:
        for level in best.levels:
            on_progress(level.name, level.value, level.bound)
