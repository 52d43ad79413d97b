"""Who is planned apart from whom."""

from optimizer.board import Board
from optimizer.check import judge
from optimizer.engines.blocks import blocks_of
from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from tests.builders import a_mission, a_pin, a_week, day
from tests.engines.test_shared import two_territories


def test_services_without_a_common_site_are_planned_apart() -> None:
    blocks = blocks_of(Board(a_week()))
    assert frozenset({"EV01", "EV02"}) in blocks
    assert frozenset({"CO01"}) in blocks


def test_teams_that_use_the_rooms_of_a_lent_site_are_planned_together() -> None:
    first, second = a_mission("M1", "SUIVI", "FA", site="L"), a_mission("M2", "SUIVI", "FB", site="L")
    assert len(blocks_of(Board(two_territories(first)))) == 2
    assert len(blocks_of(Board(two_territories(first, second)))) == 1


def test_a_mission_open_to_every_service_joins_them() -> None:
    week = a_week([a_mission("M1", "ECRITS", due=day("friday"))])
    assert len(blocks_of(Board(week))) == 1
    plan = solve(week, Options(time_limit=4, workers=1))
    assert judge(week, plan).passed
    assert [row.mission_id for row in plan.assignments] == ["M1"]


def test_what_is_pinned_is_planned_where_it_is_pinned() -> None:
    missions = [a_mission("M1", "SUIVI", "FAM1", due=day("friday"), site="MDS-A")]
    week = a_week(missions, pins=[a_pin("M1", "CESF01", "tuesday 09:00")])
    plan = solve(week, Options(time_limit=4, workers=1))
    assert judge(week, plan).passed
    assert [row.professional_ids for row in plan.assignments] == [("CESF01",)]
