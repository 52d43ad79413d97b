"""What a dated thing leaves of a half-day: the buckets know which pieces do not fit in it."""

import pytest

from optimizer.check import judge
from optimizer.plan import Assignment, Plan
from optimizer.week import Mission, Week
from tests.builders import (
    a_meeting,
    a_mission,
    a_plan,
    a_professional,
    a_row,
    a_span,
    a_week,
    amounts,
    hours,
    kept,
    team_with,
)
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


def refused_for(week: Week, plan: Plan, *kinds: str) -> bool:
    """Whether the model refuses a plan, naming rows of some kinds where it does."""
    refused = opinion_of(week, plan).refusals
    assert not refused or all(name.startswith(kinds) for name in refused)
    return bool(refused)


@pytest.mark.parametrize(("minutes", "fits"), [(115, True), (120, False)])
def test_lunch_and_a_change_of_post_come_off_the_last_gap_or_the_afternoon(minutes: int, fits: bool) -> None:
    # 90 minutes after the meeting, all taken; 60 at midday where lunch and the way ask for 65
    missions = [a_mission(name, "SUIVI", "FAM1", minutes=45, site="MDS-A") for name in ("M1", "M2")]
    missions.append(a_mission("M3", "SUIVI", "FAM1", minutes=60, site="MDS-B"))
    week = a_week(missions, meetings=[a_meeting("R1", fixed="tuesday 09:00", people=["AS01"])])
    late = "tuesday 13:30" if minutes == 120 else "tuesday 13:35"
    plan = a_plan(
        a_row("R1", "AS01", "tuesday 09:00", 120, "MDS-A"),
        a_row("M1", "AS01", "tuesday 11:00", 45, "MDS-A", "A1"),
        a_row("M2", "AS01", "tuesday 11:45", 45, "MDS-A", "A1"),
        kept("writing", "AS01", late, minutes, "MDS-B"),
        a_row("M3", "AS01", "tuesday 15:30", 60, "MDS-B", "B1"),
        kept("writing", "AS01", "tuesday 16:30", 60, "MDS-B"),
    )
    assert refused_for(week, plan, "lunch_longer", "change") is not fits
    assert judge(week, plan).passed is fits


@pytest.mark.parametrize(("start", "fits"), [("tuesday 13:35", True), ("tuesday 13:30", False)])
def test_two_dated_things_leave_lunch_and_the_way_between_them(start: str, fits: bool) -> None:
    mission = a_mission("M1", "SUIVI", "FAM1", minutes=45, site="MDS-B", fixed=start)
    week = a_week([mission], meetings=[a_meeting("R1", fixed="tuesday 10:30", people=["AS01"])])
    plan = a_plan(
        a_row("R1", "AS01", "tuesday 10:30", 120, "MDS-A"), a_row("M1", "AS01", start, 45, "MDS-B", "B1")
    )
    assert refused_for(week, plan, "dated_clash") is not fits
    assert judge(week, plan).passed is fits


def test_collective_time_stands_in_two_gaps_of_a_half_day() -> None:
    # a busy hour leaves two gaps of 90 minutes
    week = a_week(busy=[a_span("AS01", "tuesday 10:00", "tuesday 11:00")])
    first, second = (kept("collective", "AS01", f"tuesday {start}", 90) for start in ("08:30", "11:00"))
    for plan in (a_plan(first), a_plan(first, second)):
        assert not opinion_of(week, plan).refusals
        assert judge(week, plan).passed


@pytest.mark.parametrize(("minutes", "fits"), [(90, True), (95, False)])
def test_collective_time_stands_beside_an_appointment(minutes: int, fits: bool) -> None:
    # 8:30 to 10:00 before it, 10:45 to 12:30 after; the afternoon is not worked
    mission = a_mission("M1", "SUIVI", "FAM1", minutes=60, site="MDS-A", fixed="tuesday 10:00")
    only = a_professional("AS01", windows=hours("08:30-12:30"))
    week = a_week([mission], professionals=team_with(only))
    plan = a_plan(
        a_row("M1", "AS01", "tuesday 10:00", 60, "MDS-A", "A1"),
        kept("collective", "AS01", "tuesday 11:00" if fits else "tuesday 10:55", minutes),
    )
    assert refused_for(week, plan, "collective_in_blocks") is not fits
    assert judge(week, plan).passed is fits
