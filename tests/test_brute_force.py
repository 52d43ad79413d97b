"""On the tiniest weeks, the engine's plan is the best of all plans, and its bounds are bounds.

Two people work from 9:00 to 11:00 on a Monday; everything lasts a multiple of ten minutes, so that some best
plan starts everything on one.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import product
from random import Random

import pytest

from optimizer.check import judge
from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.plan import Assignment, Plan, Queued, Reason, Status, Unserved
from optimizer.week import Mission, Week, Weekday
from tests.builders import (
    a_case,
    a_mission,
    a_professional,
    a_request,
    a_row,
    a_site,
    a_week,
    at,
    day,
    hours,
)

MONDAY_MORNING = hours("09:00-11:00", days=[Weekday("monday")])
Answer = Assignment | Queued | Unserved


def tiny_week(seed: int) -> Week:
    """Three missions for an AS and a CESF of one site, one room, by Monday or later."""
    rng = Random(seed)
    kinds = rng.sample(["SUIVI", "BUDGET", "VAD", "ACCUEIL", "DSF", "PARTENARIAT"], 3)
    team = [
        a_professional("AS01", windows=MONDAY_MORNING),
        a_professional("CESF01", "CESF", windows=MONDAY_MORNING),
    ]
    site = a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1", opening=MONDAY_MORNING)
    cases = [a_case("FAM1", rng.choice(["AS01", "CESF01"]), zone=rng.choice(["NORD", "SUD"]))]
    missions = [_mission(rng, number, kind) for number, kind in enumerate(kinds)]
    return a_week(missions, professionals=team, sites=[site], cases=cases)


def _mission(rng: Random, number: int, kind: str) -> Mission:
    due = rng.choice([day("monday"), day("friday", 1)])
    if kind == "ACCUEIL":
        return a_request(f"M{number}", due=due).model_copy(update={"duration_minutes": rng.choice([40, 60])})
    return a_mission(f"M{number}", kind, "FAM1", rng.choice([40, 60, 90]), due=due)


def answers(week: Week, mission: Mission) -> Iterator[Answer]:
    """Every answer to a mission: each person at each start, or none."""
    kind, after = week.types[mission.type], week.calendar.first_day_after
    where: tuple[str | None, str | None, str] = "MDS-A", "A1", "site"
    if kind.code == "VAD":
        where = None, None, f"home:{week.cases[0].zone}"
    if kind.code == "PARTENARIAT":
        where = None, None, "outside"
    start = at("monday 09:00")
    while start + timedelta(minutes=mission.duration_minutes) <= at("monday 11:00"):
        for person in week.professionals:
            moment = f"monday {start:%H:%M}"
            yield a_row(mission.id, person.id, moment, mission.duration_minutes, *where)
        start += timedelta(minutes=10)
    if kind.request:
        yield Queued(mission_id=mission.id, date=after, reason=Reason.NO_CAPACITY)
    else:
        yield Unserved(mission_id=mission.id, reason=Reason.NO_CAPACITY, earliest_date=after)


@cache
def best_of_all(seed: int) -> tuple[int, int]:
    """The least price at level 1, then at level 2, over all plans that the judge accepts, in tenths."""
    week = tiny_week(seed)
    best = None
    for chosen in product(*(list(answers(week, mission)) for mission in week.missions)):
        plan = Plan(
            status=Status.FEASIBLE,
            assignments=tuple(row for row in chosen if isinstance(row, Assignment)),
            queue=tuple(row for row in chosen if isinstance(row, Queued)),
            unserved=tuple(row for row in chosen if isinstance(row, Unserved)),
        )
        if _overlaps(plan):
            continue
        verdict = judge(week, plan)
        value = verdict.value("commitments"), verdict.value("preferences")
        if verdict.passed and (best is None or value < best):
            best = value
    assert best is not None
    return best


def _overlaps(plan: Plan) -> bool:
    rows = plan.assignments
    return any(
        one.start < other.end and other.start < one.end and one.professional_ids == other.professional_ids
        for index, one in enumerate(rows)
        for other in rows[index + 1 :]
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_engine_finds_the_best_of_all_plans(seed: int) -> None:
    plan = solve(tiny_week(seed), Options(time_limit=20, workers=1, seed=seed, deterministic=True))
    assert plan.checker and plan.checker.passed
    assert tuple(round(10 * level.value) for level in plan.levels) == best_of_all(seed)


@pytest.mark.parametrize("limit", [1, 5])
@pytest.mark.parametrize("seed", range(4))
def test_bounds_are_bounds_whatever_the_seed_and_the_limit(seed: int, limit: float) -> None:
    plan = solve(tiny_week(seed), Options(time_limit=limit, workers=1, seed=10 + seed, deterministic=True))
    best = best_of_all(seed)
    first, second = plan.levels
    assert round(10 * first.bound) <= best[0] <= round(10 * first.value)
    if round(10 * first.value) == best[0]:
        assert round(10 * second.bound) <= best[1] <= round(10 * second.value)
