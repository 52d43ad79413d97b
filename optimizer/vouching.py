"""What the product vouches for: a plan leaves judged again, at the judge's price, with its origin."""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from importlib.metadata import version

from optimizer import __version__
from optimizer.check import Verdict, in_words, judge
from optimizer.claims import PRICED, REPLANNED, false_claims
from optimizer.engines.options import Options
from optimizer.errors import NoPlanYet, SolverLost
from optimizer.hashes import canonical, hash_of_plan, hash_of_week
from optimizer.indicators import indicators
from optimizer.plan import Checker, Level, Plan, Provenance, Status, Unserved, status_of
from optimizer.rules import Violation
from optimizer.week import Week

SHOWN = 5


def vouched(
    week: Week,
    plan: Plan,
    options: Options,
    engine: str,
    seconds: float | None,
    known: Collection[Violation] = (),
    verdict: Verdict | None = None,
) -> Plan:
    """The same plan, confirmed by the judge, with its indicators and provenance.

    Parameters
    ----------
    seconds
        What it took; `None` for a plan that comes again the same, byte for byte.
    known
        What the plan that was corrected broke already: what of it is left is told by the plan's checker.
    verdict
        What the judge said of this very plan, where it was asked already.

    Raises
    ------
    SolverLost
        The judge finds a rule broken, or another price than the engine's.
    NoPlanYet
        The engine found nothing.
    """
    if plan.status is Status.UNKNOWN:
        raise NoPlanYet("la limite est arrivée avant un premier plan ; augmentez --time-limit")
    verdict = verdict or judge(week, plan)
    left = [one for one in verdict.hard if one in known]
    _refuse_unless_confirmed(week, plan, replace(verdict, hard=tuple(set(verdict.hard) - set(left))))
    whole = _with_figures(week, plan)
    if left:
        checker = Checker(passed=False, violations=tuple(in_words(one) for one in left))
        whole = whole.model_copy(update={"checker": checker})
    provenance = Provenance(
        product_version=__version__,
        solver_version=f"ortools {version('ortools')}",
        engine=engine,
        seed=options.seed,
        time_limit_seconds=options.time_limit,
        deterministic=seconds is None,
        workers=options.workers,
        week_hash=hash_of_week(week),
        plan_hash=hash_of_plan(whole),
        seconds=None if seconds is None else round(seconds, 1),
    )
    return whole.model_copy(update={"provenance": provenance})


def repriced(week: Week, plan: Plan, verdict: Verdict) -> Plan:
    """The same decisions at the judge's figures, for a plan that breaks no rule, corrected by hand or not.

    A bound stays while it holds: that of the commitments for the week it was proven on, that of the
    preferences for plans that are no worse on the commitments too. Elsewhere it is 0.
    """
    levels = _levels_found(plan, verdict, has_bounds=_is_of_this_week(week, plan))
    decided = {"status": status_of(levels), "levels": levels, "unserved": tuple(_dated(week, plan))}
    whole = _with_figures(week, plan.model_copy(update=decided))
    if plan.provenance is None:
        return whole
    hashes = {"week_hash": hash_of_week(week), "plan_hash": hash_of_plan(whole)}
    return whole.model_copy(update={"provenance": plan.provenance.model_copy(update=hashes)})


def as_judged(week: Week, plan: Plan, verdict: Verdict) -> Plan:
    """The same decisions at the judge's figures, with what they break, whatever the plan says of itself;
    nothing is proven of it."""
    levels = tuple(Level.of(name, verdict.value(name) / 10, 0.0) for name in PRICED)
    decided = {"status": Status.FEASIBLE, "levels": levels}
    whole = _with_figures(week, plan.model_copy(update=decided))
    broken = tuple(in_words(one) for one in verdict.hard)
    return whole.model_copy(update={"checker": Checker(passed=verdict.passed, violations=broken)})


def _with_figures(week: Week, plan: Plan) -> Plan:
    figures: dict[str, object] = json.loads(canonical(indicators(week, plan)))
    return plan.model_copy(
        update={"indicators": figures, "checker": Checker(passed=True), "provenance": None}
    )


def _is_of_this_week(week: Week, plan: Plan) -> bool:
    return plan.provenance is not None and plan.provenance.week_hash == hash_of_week(week)


def _levels_found(plan: Plan, verdict: Verdict, has_bounds: bool) -> tuple[Level, ...]:
    """The judge's value of each level, with the claimed bound where it holds."""
    claimed = plan.levels if tuple(level.name for level in plan.levels) == PRICED else ()
    holds, bounds = has_bounds, dict.fromkeys(PRICED, 0.0)
    for level in claimed:
        found = verdict.value(level.name) / 10
        if holds and 0 <= level.bound <= found:
            bounds[level.name] = level.bound
        holds = holds and found <= level.value
    return tuple(Level.of(name, verdict.value(name) / 10, bounds[name]) for name in PRICED)


def _dated(week: Week, plan: Plan) -> Iterator[Unserved]:
    """What is not placed, never promised before the horizon ends nor on a day that is not worked."""
    for row in plan.unserved:
        day = max(row.earliest_date, week.calendar.first_day_after)
        yield row.model_copy(update={"earliest_date": next(week.calendar.working_days_from(day))})


def _refuse_unless_confirmed(week: Week, plan: Plan, verdict: Verdict) -> None:
    if not verdict.passed:
        first = "".join(f"\n- {in_words(violation)}" for violation in verdict.hard[:SHOWN])
        left = len(verdict.hard) - SHOWN
        more = f"\n- et {left} autre(s)" if left > 0 else ""
        raise SolverLost(f"le juge refuse le plan du moteur, qui n'est donc pas écrit :{first}{more}")
    names = tuple(level.name for level in plan.levels)
    if names not in (PRICED, REPLANNED):
        raise SolverLost(f"le moteur n'a pas chiffré les niveaux attendus ({', '.join(names)})")
    if claims := false_claims(week, plan, verdict):
        raise SolverLost("le juge ne confirme pas le chiffrage du moteur : " + " ; ".join(claims))
