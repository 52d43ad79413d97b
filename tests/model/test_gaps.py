"""What a dated thing leaves of a half-day: the buckets know which pieces do not fit in it."""

import pytest

from optimizer.check import judge
from optimizer.plan import Assignment, Plan
from optimizer.week import Mission, Week
from tests.builders import a_meeting, a_mission, a_plan, a_row, a_span, a_week, amounts
from tests.model_of_plan import opinion_of


def refusals(week: Week, plan: Plan) -> list[str]:
    """The rows about gaps that a plan breaks."""
    return [name for name in opinion_of(week, plan).refusals if name.startswith(("longer", "no_way_beside"))]


def two_interviews(shorter: int) -> list[Mission]:
    """One of an hour, and a shorter one."""
    lengths = (("M1", 60), ("M2", shorter))
    return [a_mission(name, "SUIVI", "FAM1", minutes=minutes, site="MDS-A") for name, minutes in lengths]


def held_after_eleven(shorter: int) -> list[Assignment]:
    """The hour at 11:00, the other until the end of the morning, be it too early."""
    return [
        a_row("M1", "AS01", "tuesday 11:00", 60, "MDS-A", "A1"),
        a_row("M2", "AS01", "tuesday 12:00" if shorter == 30 else "tuesday 11:55", shorter, "MDS-A", "A2"),
    ]


@pytest.mark.parametrize(("shorter", "fits"), [(30, True), (35, False)])
def test_what_is_longer_than_the_short_gap_fits_in_the_long_one(shorter: int, fits: bool) -> None:
    # a meeting from 9:00 to 11:00 leaves 30 minutes before it and 90 after
    meeting = a_meeting("R1", minutes=120, fixed="tuesday 09:00", people=["AS01"])
    week = a_week(two_interviews(shorter), meetings=[meeting])
    plan = a_plan(a_row("R1", "AS01", "tuesday 09:00", 120, "MDS-A"), *held_after_eleven(shorter))
    assert bool(refusals(week, plan)) is not fits
    assert judge(week, plan).passed is fits


@pytest.mark.parametrize(("shorter", "fits"), [(30, True), (35, False)])
def test_a_busy_hour_splits_a_morning_too(shorter: int, fits: bool) -> None:
    week = a_week(two_interviews(shorter), busy=[a_span("AS01", "tuesday 09:00", "tuesday 11:00")])
    plan = a_plan(*held_after_eleven(shorter))
    assert bool(refusals(week, plan)) is not fits
    assert judge(week, plan).passed is fits


@pytest.mark.parametrize(("minutes", "fits"), [(70, True), (75, False)])
def test_a_visit_beside_a_meeting_needs_the_way_there_and_back(minutes: int, fits: bool) -> None:
    # 90 minutes after the meeting, 10 to the home and 10 back to the post
    missions = [a_mission("M1", "VAD", "FAM1", minutes=minutes)]
    week = a_week(missions, meetings=[a_meeting("R1", minutes=120, fixed="tuesday 09:00", people=["AS01"])])
    plan = a_plan(
        a_row("R1", "AS01", "tuesday 09:00", 120, "MDS-A"),
        a_row("M1", "AS01", "tuesday 11:10", minutes, place="home:NORD"),
    )
    assert bool(refusals(week, plan)) is not fits
    assert bool(amounts(week, plan, "travel")) is not fits
