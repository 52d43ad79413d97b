"""A change of plan is judged by what it changes: as if the whole plan were judged again."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from optimizer.answers.moves import Move, moved
from optimizer.check import judge
from optimizer.engines.options import Options
from optimizer.errors import UnusableInput
from optimizer.plan import Plan, Reservation, ReservationKind
from optimizer.reading import Reading
from optimizer.reading.changed import reading_after
from optimizer.rules import RULES, Violation
from optimizer.standing import Effect, Standing, refuse_another_week
from optimizer.vouching import repriced, vouched
from tests.builders import a_case, a_mission, a_plan, a_row, a_week


def whole(standing: Standing, plan: Plan) -> tuple[Counter[Violation], Counter[Violation], list[int]]:
    """What the judge finds more, rules that never bend and prices, and its value of each level."""
    before, after = standing.verdict, judge(standing.week, plan)
    hard = Counter(after.hard) - Counter(before.hard)
    return hard, Counter(after.priced) - Counter(before.priced), [after.value(one) for one in LEVELS]


LEVELS = ("commitments", "preferences")


def found(effect: Effect) -> tuple[Counter[Violation], Counter[Violation], list[int]]:
    """The same, as an effect says it."""
    prices = [round(10 * price.after) for price in effect.prices]
    return Counter(effect.broken), Counter(effect.worse), prices


def a_random_move(standing: Standing, chance: Random) -> Move:
    """Someone else, another time, or both, for something placed."""
    rows = [row for row in standing.plan.assignments if row.mission_id in standing.week.mission]
    row = chance.choice(rows)
    who = (chance.choice(standing.week.professionals).id,) if chance.random() < 0.7 else None
    away = timedelta(minutes=5 * chance.randint(-40, 40), days=chance.choice((0, 0, 1, -1)))
    return Move(row.mission_id, who, row.start + away if who is None or chance.random() < 0.5 else None)


@pytest.mark.parametrize("seed", range(40))
def test_an_effect_is_what_the_judge_finds_of_the_whole_plan(busy: Standing, seed: int) -> None:
    try:
        plan = moved(busy, [a_random_move(busy, Random(seed))])
    except UnusableInput:
        return
    assert found(busy.effect_of(plan)) == whole(busy, plan)


@pytest.mark.parametrize("seed", range(10))
def test_a_plan_with_less_reserved_is_judged_as_a_whole(busy: Standing, seed: int) -> None:
    chance = Random(seed)
    kept = [one for one in busy.plan.reservations if chance.random() < 0.9]
    plan = busy.plan.model_copy(update={"reservations": tuple(kept)})
    assert found(busy.effect_of(plan)) == whole(busy, plan)


def test_a_reading_after_another_is_that_of_the_plan(busy: Standing) -> None:
    plan = moved(busy, [a_random_move(busy, Random(5))])
    after, anew = reading_after(busy.reading, plan), Reading(busy.week, plan)
    for rule in RULES:
        assert list(rule.check(after)) == list(rule.check(anew)), rule.code


def test_the_same_plan_has_no_effect(busy: Standing) -> None:
    effect = busy.effect_of(busy.plan.model_copy())
    assert effect.is_allowed
    assert effect.order == (0, 0)
    assert not effect.worse and not effect.better


def test_a_slot_that_comes_free_is_seen() -> None:
    """A request in the queue may take the place of what leaves."""
    week = a_week(
        [
            a_mission("M1", "SUIVI", "FAM1", minutes=240),
            a_mission("D1", "ACCUEIL", site="MDS-A", minutes=240),
        ],
        cases=[a_case("FAM1")],
    )
    plan = a_plan(a_row("M1", "AS01", "monday 08:30", 240, site="MDS-A", room="A1"))
    standing = Standing(week, plan)
    gone = plan.model_copy(update={"assignments": ()})
    assert found(standing.effect_of(gone)) == whole(standing, gone)


def test_travel_is_no_part_of_what_changes(busy: Standing) -> None:
    row = busy.plan.assignments[0]
    travel = Reservation(
        kind=ReservationKind.TRAVEL, professional_ids=row.professional_ids, start=row.start, end=row.end
    )
    plan = busy.plan.model_copy(update={"reservations": (*busy.plan.reservations, travel)})
    assert busy.effect_of(plan).order == (0, 0)


def test_a_plan_of_another_week_is_refused(busy: Standing, quiet: Standing) -> None:
    priced = repriced(busy.week, busy.plan, busy.verdict)
    plan = vouched(busy.week, priced, Options(), "test", 1.0)
    refuse_another_week(busy.week, plan, "plan.json")
    with pytest.raises(UnusableInput, match="autre version de cette semaine"):
        refuse_another_week(quiet.week, plan, "plan.json")
