"""On small random weeks, model and judge accept the same plans at the same cost.

The bucket stage knows half-days, the clock stage one half-day at a time: limits of whole days that the clock
alone can tell (`OF_THE_DAY`) are stated by the model as relaxations only, and checked by the judge.
"""

from random import Random

import pytest

from optimizer.check import judge
from optimizer.model import PREFERENCES
from optimizer.plan import Plan
from optimizer.reading import Reading
from optimizer.reading.stretches import shared_minutes
from optimizer.week import Pin, Week
from tests.clock_of_plan import clock_refuses, posts_of
from tests.model.random_plans import RandomPlans
from tests.model.small_weeks import random_week, two_teams
from tests.model_of_plan import opinion_of

LEFT_TO_THE_ENGINE = {"H4.1c"}
OF_THE_DAY = {"W2", "W3", "W4", "W5", "W6"}
OF_THE_CLOCK = {"travel time", "posting", "lunch"}
"""Preferences that the model bounds from below: the order of things within a half-day decides them."""


def clock_is_strict(week: Week, plan: Plan) -> bool:
    """Whether someone has, beside what has a place, something that the clock holds at their post.

    The judge lets people travel before or after what has no place of its own, and before or after a busy
    stretch of their agenda; the clock brings them back to their post for it.
    """
    for days in Reading(week, plan).halves.values():
        for half in (half for halves in days.values() for half in halves):
            span = half.half_day.stretch
            idle = shared_minutes(half.free, *span)
            working = sum(one.stretch.minutes for one in half.outer) + idle
            if half.located and (len(half.located) < len(half.outer) or working < span.minutes):
                return True
    return False


def disagreements(week: Week, plan: Plan) -> list[str]:
    """What model and judge do not agree about on a plan."""
    verdict, opinion = judge(week, plan), opinion_of(week, plan)
    broken = {violation.rule for violation in verdict.hard} - LEFT_TO_THE_ENGINE
    if broken <= OF_THE_DAY and broken:
        return []
    refused = opinion.refusals or clock_refuses(week, plan, posts_of(week, plan))
    if not broken and not opinion.refusals and clock_is_strict(week, plan):
        refused = []
    if broken:
        return [] if refused else [f"model accepts: {violation}" for violation in verdict.hard]
    if refused:
        return [f"model refuses: {reason}" for reason in refused]
    found = [
        f"{code}: {price} for the model, {verdict.tenths_of(code)} for the judge"
        for prices in opinion.prices.values()
        for code, price in prices.items()
        if code not in OF_THE_CLOCK and price != verdict.tenths_of(code)
    ]
    timed = sum(verdict.tenths_of(code) for code in OF_THE_CLOCK)
    bound = sum(opinion.prices[PREFERENCES][code] for code in OF_THE_CLOCK)
    return found if bound <= timed else [*found, f"travel and lunch: {bound} at least, {timed} for the judge"]


def pinned(week: Week, plan: Plan, rng: Random) -> Week:
    """The week with one or two of the plan's rows pinned, with their start or without."""
    rows = {row.mission_id: row for row in sorted(plan.assignments, key=lambda row: row.start, reverse=True)}
    chosen = rng.sample(sorted(rows.values(), key=str), min(2, len(rows)))
    pins = [
        Pin(
            item_id=row.mission_id,
            professional_ids=row.professional_ids,
            start=rng.choice([row.start, None]),
        )
        for row in chosen
    ]
    return Week.model_validate(week.model_dump() | {"pins": pins})


@pytest.mark.parametrize("seed", range(100, 112))
def test_model_and_judge_agree_on_pins(seed: int) -> None:
    week, rng = random_week(seed), Random(seed)
    plan = RandomPlans(week, rng).build()
    week = pinned(week, plan, rng)
    plans = RandomPlans(week, rng)
    assert "; ".join(disagreements(week, plan)) == ""
    for _ in range(6):
        assert "; ".join(disagreements(week, plans.disturb(plan))) == ""


@pytest.mark.parametrize("seed", range(40))
def test_model_and_judge_agree(seed: int) -> None:
    agree(random_week(seed), Random(seed))


@pytest.mark.parametrize("seed", range(200, 220))
def test_model_and_judge_agree_on_two_teams(seed: int) -> None:
    agree(two_teams(seed), Random(seed))


def agree(week: Week, rng: Random) -> None:
    """Model and judge say the same of a plan and of those a few steps away."""
    plans = RandomPlans(week, rng)
    plan = plans.build()
    assert "; ".join(disagreements(week, plan)) == ""
    for _ in range(6):
        assert "; ".join(disagreements(week, plans.disturb(plan))) == ""
