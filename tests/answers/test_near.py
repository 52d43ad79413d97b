"""A département after an event: only the services that it touches are planned again."""

from datetime import timedelta

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.answers import replan as replanning
from optimizer.answers.near import part_near, week_of_part
from optimizer.answers.replan import replan
from optimizer.board import Board
from optimizer.check import judge
from optimizer.engines.at_once import at_once
from optimizer.engines.options import Options
from optimizer.events import Absent, start_of_day
from optimizer.standing import Standing


@pytest.fixture(scope="module")
def standing() -> Standing:
    """Two territories and what they share, with a plan found at once."""
    week = departement(2, 1, Load.TYPICAL, 2, 0)
    plan, verdict = at_once(Board(week), Options(1.0, 1))
    assert verdict.passed
    return Standing(week, plan)


def someone(standing: Standing) -> str:
    """An AS of the first territory's sector team alone."""
    people = standing.week.professionals
    return next(one.id for one in people if one.profession == "AS" and one.service_ids == ("T001-SECTEUR",))


def test_a_part_is_a_week_that_its_plan_fits(standing: Standing) -> None:
    part = part_near(standing.reading, {someone(standing)}, set())
    week, plan = week_of_part(standing.week, standing.plan, part), part.plan(standing.plan)
    assert judge(week, plan).passed
    assert part.people < set(standing.week.professional)
    joined = part.joined(standing.plan, plan)
    assert set(joined.assignments) == set(standing.plan.assignments)
    assert set(joined.reservations) == set(standing.plan.reservations)


def test_rooms_are_closed_to_a_part_while_others_use_them_alone(standing: Standing) -> None:
    part = part_near(standing.reading, {someone(standing)}, set())
    week = week_of_part(standing.week, standing.plan, part)
    rooms = {room.id: room for site in week.sites for room in site.rooms}
    others = [row for row in standing.plan.assignments if row.mission_id not in part.items]
    used = [(rooms[row.room_id], row.start, row.end) for row in others if row.room_id in rooms]
    assert used
    assert not any(room.is_open(start, end) for room, start, end in used)
    mine = {row.room_id for row in part.plan(standing.plan).assignments}
    assert any(room.id in mine for room, _, _ in used)


def test_other_territories_are_untouched(standing: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replanning, "LARGEST_TEAM", 10)
    who, on = someone(standing), start_of_day(standing.week.calendar.days[1])
    event = Absent(who, on, on + timedelta(days=1))
    answer = replan(standing, [event], on - timedelta(days=1), Options(4.0, 1))
    assert judge(answer.week, answer.plan).passed
    part = part_near(standing.reading, {who}, set())
    shared = {row.mission_id for row in standing.plan.assignments if who in row.professional_ids}
    before = {row for row in standing.plan.assignments if row.mission_id not in part.items | shared}
    assert before <= set(answer.plan.assignments)
    missions = {row.mission_id for row in answer.plan.assignments}
    missions |= {row.mission_id for row in (*answer.plan.queue, *answer.plan.unserved)}
    assert set(standing.week.mission) <= missions
