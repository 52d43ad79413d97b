"""What rooms hold: beside a meeting, between two ways, and what a long thing leaves of a gap."""

import pytest

from optimizer.board import Board
from optimizer.check import judge
from optimizer.model import BucketModel
from optimizer.model.rooms_in_use import RoomsInUse
from optimizer.plan import Plan
from optimizer.week import Week
from tests.builders import SITES, a_meeting, a_mission, a_plan, a_row, a_site, a_week
from tests.model_of_plan import opinion_of

WHO = {"M1": "AS01", "M2": "CESF01", "M3": "ES01"}


def refused(week: Week, plan: Plan) -> bool:
    """Whether the model refuses a plan, for its rooms where it does."""
    found = opinion_of(week, plan).refusals
    assert not found or all(name.startswith(("rooms", "attends_then")) for name in found)
    return bool(found)


def three_interviews(third: int, is_there: bool) -> tuple[Week, Plan]:
    """A meeting until 11:00, then interviews of an hour by two people, in two rooms; a third by ES01, who is
    at the meeting or receives meanwhile."""
    missions = [a_mission(name, "SUIVI", "FAM1", minutes=60, site="MDS-A") for name in ("M1", "M2")]
    missions.append(a_mission("M3", "SUIVI", "FAM1", minutes=third, site="MDS-A"))
    meeting = a_meeting("R1", minutes=120, fixed="tuesday 09:00", people=[*WHO.values()])
    attending = ["AS01", "CESF01", *(["ES01"] if is_there else [])]
    third_start = "tuesday 12:00" if is_there else "tuesday 09:00"
    rows = (
        a_row("M1", "AS01", "tuesday 11:00", 60, "MDS-A", "A1"),
        a_row("M2", "CESF01", "tuesday 11:00", 60, "MDS-A", "A2"),
        a_row(
            "M3",
            "ES01",
            third_start if third == 30 or not is_there else "tuesday 11:45",
            third,
            "MDS-A",
            "A1",
        ),
    )
    meet = a_row("R1", " ".join(attending), "tuesday 09:00", 120, "MDS-A")
    return a_week(missions, meetings=[meeting]), a_plan(meet, *rows)


@pytest.mark.parametrize(
    ("third", "is_there", "fits"), [(30, True, True), (45, True, False), (45, False, True)]
)
def test_who_attends_a_meeting_uses_rooms_beside_it(third: int, is_there: bool, fits: bool) -> None:
    # 90 minutes are left after the meeting: an hour leaves no room for three quarters of one
    week, plan = three_interviews(third, is_there)
    assert refused(week, plan) is not fits
    assert judge(week, plan).passed is fits


@pytest.mark.parametrize(("last", "fits"), [(30, True), (35, False)])
def test_rooms_away_are_used_between_the_ways(last: int, fits: bool) -> None:
    # EST is 15 minutes from MDS-A and 25 from MDS-B: the one room of the antenna is of use from 8:45 to 12:15
    lengths = {"M1": 60, "M2": 60, "M3": 60, "M4": last}
    by = {"M1": "AS01", "M2": "CESF01", "M3": "AS01", "M4": "CESF01"}
    missions = [a_mission(name, "SUIVI", "FAM1", minutes=n, site="ANT") for name, n in lengths.items()]
    week = a_week(missions, sites=(*SITES, a_site("ANT", "EST", [], "X1")))
    starts = {"M1": "08:45", "M2": "09:45", "M3": "10:45", "M4": "11:45"}
    rows = [a_row(n, by[n], f"tuesday {starts[n]}", lengths[n], "ANT", "X1") for n in lengths]
    assert refused(week, a_plan(*rows)) is not fits
    assert judge(week, a_plan(*rows)).passed is fits


def test_pieces_are_worth_the_gap_that_they_fill() -> None:
    rooms = RoomsInUse(2, taken=[(0, 45), (1, 60)], hours=((0, 90),))
    # 60 minutes leave no room for 45: one of them, or two of 45
    assert rooms.worths() == [{45: 9, 60: 12}, {45: 1, 60: 1}, {45: 0, 60: 1}, {45: 45, 60: 90}]
    assert [rooms.worth(worths) for worths in rooms.worths()] == [36, 4, 2, 180]


def test_a_dated_appointment_is_for_a_post_from_which_it_is_reached_in_time() -> None:
    # the day starts at 8:30, MDS-B is 20 minutes from MDS-A
    early = a_mission("M1", "SUIVI", "FAM1", site="MDS-A", fixed="tuesday 08:45")
    model = BucketModel(Board(a_week([early, a_mission("M2", "SUIVI", "FAM1", site="MDS-B")])))
    model.post_commitments()
    taken = model.statement.named.index(("take", "M1", "AS01", 2))
    (row,) = [one for one in model.statement.rows if one.named == ("goes_there", "AS01", 2, taken)]
    posts = {tour.post for tour, v in model.tours["AS01", 2] if tour and v in row.terms}
    assert posts == {"MDS-A"}
    assert {tour.post for tour, _ in model.tours["AS01", 2] if tour} > {"MDS-A", "MDS-B"}
