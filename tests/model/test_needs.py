"""What a week asks of counted people: never more than any plan pays, and exactly what a small week must."""

from collections.abc import Iterable

import pytest

from instances.best import best_known
from instances.families import instances
from optimizer.board import Board
from optimizer.engines.decomposition import solve
from optimizer.engines.matrix import Matrix
from optimizer.engines.options import Options
from optimizer.engines.relaxing import relax
from optimizer.linear import Statement
from optimizer.model.needs import Needs
from optimizer.organisation import Organisation
from optimizer.week import Week
from tests.builders import (
    a_meeting,
    a_mission,
    a_need,
    a_professional,
    a_request,
    a_session,
    a_week,
    an_action,
    day,
    hours,
)
from tests.model.small_weeks import random_week, two_teams

ONE_MORNING = hours("08:30-12:30", days=["monday"])
WRITING = Organisation(collective_share_percent=0, writing_share_percent=50)


def least(week: Week, counts: dict[str, int] | None = None) -> int:
    """What level 1 costs at least, in tenths, with so many of each person (one of each by default)."""
    statement = Statement()
    how_many = counts or {person.id: 1 for person in week.professionals}
    columns = {who: statement.variable(("stays", who), number, number) for who, number in how_many.items()}
    for variable, price in Needs(statement, "0", Board(week), columns).price.items():
        statement.price("paid", variable, price)
    relaxed = relax(Matrix(statement).whole({"paid": 1}), 30.0)
    assert relaxed is not None
    return relaxed.bound


def alone(missions: Iterable[object], **rest: object) -> Week:
    """Missions for an AS who is there on one morning of 240 minutes."""
    return a_week(missions, professionals=[a_professional("AS01", windows=ONE_MORNING)], **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_of_a_small_week_pays_less(seed: int) -> None:
    for week in (random_week(seed), two_teams(seed)):
        plan = solve(week, Options(time_limit=2.0, workers=1, deterministic=True))
        assert least(week) <= round(10 * plan.levels[0].value)


@pytest.mark.parametrize("instance", instances(), ids=lambda one: one.name)
def test_the_best_plan_known_of_a_frozen_week_pays_no_less(instance: object) -> None:
    week = instance.week()  # type: ignore[attr-defined]
    known = best_known()[instance.name]  # type: ignore[attr-defined]
    assert 0 <= least(week) <= round(10 * known.commitments)


def test_what_fits_costs_nothing() -> None:
    # four interviews of 60 minutes in 240
    assert least(alone([a_mission(f"M{n}", "DROITS", "FAM1", 60, due=day("monday")) for n in range(4)])) == 0


def test_what_is_one_too_many_is_late() -> None:
    # a fifth of 60 minutes: late from Tuesday to the Monday after, 60 + 4 x 5 points
    week = alone([a_mission(f"M{n}", "DROITS", "FAM1", 60, due=day("monday")) for n in range(5)])
    assert least(week) == 800


def test_what_fits_by_the_minute_alone_does_not() -> None:
    # three interviews of 75 minutes fill 225 of 240 minutes; of four, 300 minutes, one waits
    week = alone([a_mission(f"M{n}", "BUDGET", "FAM1", 75, due=day("monday")) for n in range(4)])
    assert least(week) == 800


def test_pieces_are_rounded_down() -> None:
    # 240 minutes hold two pieces of 90 minutes or more, not 2.67
    week = alone([a_mission(f"M{n}", "DROITS", "FAM1", 90, due=day("monday")) for n in range(3)])
    assert least(week) == 800


def test_people_alike_are_counted_together() -> None:
    missions = [a_mission(f"M{n}", "DROITS", "FAM1", 60, due=day("monday")) for n in range(8)]
    assert least(alone(missions), {"AS01": 2}) == 0
    assert least(alone(missions), {"AS01": 1}) == 4 * 800


def test_nobody_does_what_their_profession_never_does() -> None:
    # LOGEMENT is never an ES's; whoever does nothing here leaves it: late by a day on Monday
    week = a_week([a_mission("M1", "LOGEMENT", "FAM1")], professionals=[a_professional("ES01", "ES")])
    assert least(week) == 600


def test_a_pair_takes_two_professions() -> None:
    week = a_week(
        [a_mission("M1", "VAD", "FAM1", professions=("AS", "CESF"))],
        professionals=[a_professional("AS01"), a_professional("AS02")],
    )
    assert least(week) == 600
    both = a_week(
        [a_mission("M1", "VAD", "FAM1", professions=("AS", "CESF"))],
        professionals=[a_professional("AS01"), a_professional("CESF01", "CESF")],
    )
    assert least(both) == 0


def test_reception_takes_someone_there_for_all_of_it() -> None:
    need = [a_need("monday", morning=1)]
    assert least(alone([], reception=need)) == 0
    late = hours("09:00-12:30", days=["monday"])
    week = a_week([], professionals=[a_professional("AS01", windows=late)], reception=need)
    assert least(week) == 2000


def test_duty_keeps_half_of_its_time_free() -> None:
    # duty keeps 120 of its 240 minutes free
    week = alone(
        [a_request(f"R{n}", due=day("monday")) for n in range(3)], reception=[a_need("monday", morning=1)]
    )
    # a share of the duty is kept: 180 + 120 x share <= 240; what lacks costs 200 points a duty
    assert least(week) == 1000


def test_a_quota_is_a_share_of_the_time_there() -> None:
    # writing 50 % of 240 minutes; three interviews of 60 leave 60 of 120 minutes: 60 x 0.5 points
    missions = [a_mission(f"M{n}", "DROITS", "FAM1", 60, due=day("monday")) for n in range(3)]
    assert least(alone(missions, organisation=WRITING)) == 300


def test_a_meeting_is_attended_by_whoever_is_there() -> None:
    meeting = [a_meeting("R1", "monday 09:00", 120)]
    missions = [a_mission(f"M{n}", "DROITS", "FAM1", 60, due=day("monday")) for n in range(3)]
    # 120 minutes are left: two interviews; missing the meeting costs 20 points, an interview late 80
    assert least(alone(missions, meetings=meeting)) == 200


def test_duty_at_each_site_excuses_from_a_meeting_whose_time_is_free() -> None:
    # one on duty at MDS-A, one at MDS-B; the third attends, on the one morning there is
    people = [a_professional(f"AS0{n}", windows=ONE_MORNING) for n in (1, 2, 3)]
    needs = [a_need("monday", morning=1), a_need("monday", morning=1, site="MDS-B")]
    week = a_week([], professionals=people, reception=needs, meetings=[a_meeting("R1", None, 240)])
    assert least(week) == 0


def test_seats_are_wasted_on_nobody_in_particular() -> None:
    session = [a_session("F1", seats=1, fixed="monday 09:00")]
    assert least(alone([], meetings=session)) == 0
    trained = a_professional("AS01", windows=ONE_MORNING, training_days=3)
    assert least(a_week([], professionals=[trained], meetings=session)) == 0


def test_an_action_has_its_leaders_and_their_preparation() -> None:
    week = alone([], actions=[an_action("G1", ["AS"], "ISIC_DSL", 120, 60, site=None)])
    assert least(week) == 0
    both = alone([], actions=[an_action("G1", ["AS", "CESF"], "ISIC_DSL", 120, 60, site=None)])
    assert least(both) == 600
