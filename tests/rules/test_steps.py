"""A household comes as few times as possible, to as few places as possible."""

from optimizer.plan import Assignment
from tests.builders import a_mission, a_plan, a_request, a_row, a_week, price


def steps(*rows: Assignment) -> int:
    missions = [
        a_mission("M1", "SUIVI", "FAM1"),
        a_mission("M2", "BUDGET", "FAM1"),
        a_mission("M3", "VAD", "FAM1"),
    ]
    return price(a_week(missions), a_plan(*rows), "steps")


FIRST = a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1")


def test_a_trip_costs_three() -> None:
    assert steps(FIRST) == 30


def test_two_interviews_of_a_day_are_one_trip() -> None:
    assert steps(FIRST, a_row("M2", "AS01", "tuesday 10:00", 60, "MDS-A", "A1")) == 30


def test_another_day_is_another_trip() -> None:
    assert steps(FIRST, a_row("M2", "AS01", "thursday 10:00", 60, "MDS-A", "A1")) == 60


def test_another_site_is_another_trip() -> None:
    assert steps(FIRST, a_row("M2", "AS01", "tuesday 14:00", 60, "MDS-B", "B1")) == 60


def test_a_visit_is_no_trip() -> None:
    assert steps(a_row("M3", "AS01", "tuesday 09:00", 75, place="home:NORD")) == 0


def test_a_request_without_household_is_no_trip() -> None:
    week = a_week([a_request("R1")])
    assert price(week, a_plan(a_row("R1", "AS01", "tuesday 09:00", 60, "MDS-A", "A1")), "steps") == 0


def test_a_report_at_a_site_is_no_trip() -> None:
    week = a_week([a_mission("M1", "IP_ECR", "FAM1", site="POLE-E")])
    assert price(week, a_plan(a_row("M1", "EV01", "tuesday 08:30", 240, "POLE-E")), "steps") == 0
