"""A mission or an action is done whole: its full duration, from its release on or at its fixed start."""

import pytest

from optimizer.week import WEEKDAYS
from tests.builders import a_mission, a_plan, a_row, a_week, amounts, an_action, day


@pytest.mark.parametrize(("minutes", "expected"), [(45, []), (40, [5]), (50, [5])])
def test_a_mission_lasts_its_duration(minutes: int, expected: list[int]) -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    plan = a_plan(a_row("M1", "AS01", "tuesday 09:00", minutes, "MDS-A", "A1"))
    assert amounts(week, plan, "parts") == expected


def a_report(*lengths: int) -> list[int]:
    week = a_week([a_mission("M1", "IP_ECR", "FAM1", minutes=sum(lengths))])
    rows = [
        a_row("M1", "EV01", f"{name} 09:00", minutes)
        for name, minutes in zip(WEEKDAYS, lengths, strict=False)
    ]
    return amounts(week, a_plan(*rows), "parts")


def test_a_report_has_parts_of_an_hour() -> None:
    assert a_report(60, 60, 120) == []


def test_a_part_is_not_five_minutes_shorter() -> None:
    assert a_report(55, 65) == [5]


def test_a_report_in_one_part_may_be_short() -> None:
    assert a_report(30) == []


def test_an_interview_is_held_at_once() -> None:
    week = a_week([a_mission("M1", "BUDGET", "FAM1", minutes=120)])
    rows = [a_row("M1", "AS01", f"tuesday {hour}", 60, "MDS-A", "A1") for hour in ("09:00", "10:00")]
    assert amounts(week, a_plan(*rows), "parts") == [1]


def test_nothing_starts_before_its_release() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1", release=day("tuesday"))])
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 08:30", 45, "MDS-A", "A1")), "parts") == []
    assert amounts(week, a_plan(a_row("M1", "AS01", "monday 16:00", 45, "MDS-A", "A1")), "parts") == [1]


def test_what_is_fixed_starts_then() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1", fixed="tuesday 09:00")])
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1")), "parts") == []
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:05", 45, "MDS-A", "A1")), "parts") == [5]


def test_an_action_is_held_at_its_fixed_start() -> None:
    week = a_week(actions=[an_action("G1", fixed="tuesday 09:00")])
    plan = a_plan(a_row("G1", "AS01 CESF01", "tuesday 08:55", 120, "MDS-A", "AG"))
    assert amounts(week, plan, "parts") == [5]
