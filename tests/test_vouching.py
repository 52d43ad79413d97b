"""A plan written again at the judge's figures: which bounds still hold."""

import pytest

from optimizer.check import Verdict
from optimizer.hashes import hash_of_plan, hash_of_week
from optimizer.plan import Level, Plan, Provenance, Status
from optimizer.rules import Violation
from optimizer.vouching import repriced
from optimizer.week import Week
from tests.builders import a_week


def a_verdict(commitments: int, preferences: int) -> Verdict:
    """Prices in tenths of a point."""
    return Verdict((), (_priced(commitments),), (_priced(preferences),))


def _priced(tenths: int) -> Violation:
    return Violation(rule="late", sentence="", amount=1, unit="", tenths=tenths)


def a_plan(week: Week, **more: object) -> Plan:
    """Claims 10 points of commitments, 8 at least, and 6 of preferences, 5 at least."""
    levels = (Level.of("commitments", 10, 8), Level.of("preferences", 6, 5))
    provenance = Provenance(
        product_version="0",
        solver_version="0",
        engine="decomposition",
        seed=0,
        time_limit_seconds=3,
        deterministic=False,
        workers=1,
        week_hash=hash_of_week(week),
        plan_hash="",
        seconds=1,
    )
    return Plan(status=Status.FEASIBLE, levels=levels, provenance=provenance).model_copy(update=more)


@pytest.mark.parametrize(
    ("found", "bounds"),
    [
        ((100, 60), [8, 5]),
        ((101, 60), [8, 0]),  # worse on the commitments: another plan may be better on the preferences
        ((80, 70), [8, 5]),
        ((79, 60), [0, 5]),
        ((100, 49), [8, 0]),
    ],
)
def test_a_bound_stays_while_it_holds(found: tuple[int, int], bounds: list[float]) -> None:
    week = a_week()
    again = repriced(week, a_plan(week), a_verdict(*found))
    assert [level.value for level in again.levels] == [price / 10 for price in found]
    assert [level.bound for level in again.levels] == bounds
    assert again.status is Status.FEASIBLE
    assert again.checker is not None and again.checker.passed
    assert again.provenance is not None
    assert again.provenance.plan_hash == hash_of_plan(again)


def test_a_bound_is_that_of_its_week() -> None:
    week, other = a_week(), a_week(weeks=2)
    assert week != other
    again = repriced(other, a_plan(week), a_verdict(100, 60))
    assert [level.bound for level in again.levels] == [0, 0]
    assert again.provenance is not None and again.provenance.week_hash == hash_of_week(other)
    alone = repriced(week, a_plan(week, provenance=None), a_verdict(100, 60))
    assert [level.bound for level in alone.levels] == [0, 0]
    assert alone.provenance is None


def test_a_level_renamed_keeps_no_bound() -> None:
    week = a_week()
    levels = tuple(reversed(a_plan(week).levels))
    again = repriced(week, a_plan(week, levels=levels), a_verdict(100, 60))
    assert [(level.name, level.bound) for level in again.levels] == [("commitments", 0), ("preferences", 0)]


def test_a_plan_is_optimal_when_no_gap_is_left() -> None:
    week = a_week()
    assert repriced(week, a_plan(week), a_verdict(80, 50)).status is Status.OPTIMAL
    assert repriced(week, a_plan(week), a_verdict(80, 51)).status is Status.FEASIBLE
