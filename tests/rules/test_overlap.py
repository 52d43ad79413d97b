"""Nobody does two things at once, but for reception duty, which may hold ACCUEIL, URGENCE and writing."""

import pytest

from optimizer.plan import Reservation
from tests.builders import a_mission, a_plan, a_row, a_week, amounts, kept

DUTY = kept("reception", "AS01", "tuesday 08:30", 240)


def overlaps(kind: str, start: str, *others: Reservation) -> list[int]:
    week = a_week([a_mission("M1", kind, "FAM1", minutes=60)])
    return amounts(week, a_plan(a_row("M1", "AS01", start, 60, "MDS-A", "A1"), *others), "overlap")


def test_one_thing_may_follow_another() -> None:
    assert overlaps("SUIVI", "tuesday 10:00", kept("writing", "AS01", "tuesday 09:00", 60)) == []


def test_one_thing_does_not_start_five_minutes_before_another_ends() -> None:
    assert overlaps("SUIVI", "tuesday 09:55", kept("writing", "AS01", "tuesday 09:00", 60)) == [5]


def test_two_people_work_at_the_same_time() -> None:
    assert overlaps("SUIVI", "tuesday 09:00", kept("writing", "ES01", "tuesday 09:00", 60)) == []


@pytest.mark.parametrize("kind", ["ACCUEIL", "URGENCE"])
def test_reception_holds_requests(kind: str) -> None:
    assert overlaps(kind, "tuesday 11:30", DUTY) == []


def test_reception_holds_writing() -> None:
    plan = a_plan(DUTY, kept("writing", "AS01", "tuesday 09:00", 60))
    assert amounts(a_week(), plan, "overlap") == []


def test_reception_holds_nothing_else() -> None:
    assert overlaps("SUIVI", "tuesday 09:00", DUTY) == [60]
    assert amounts(a_week(), a_plan(DUTY, kept("collective", "AS01", "tuesday 09:00", 90)), "overlap") == [90]


def test_what_reception_holds_stands_wholly_inside() -> None:
    # 11:35-12:35 leaves reception, which ends at 12:30: 55 minutes are shared
    assert overlaps("ACCUEIL", "tuesday 11:35", DUTY) == [55]


def test_reception_holds_nothing_of_another_site() -> None:
    plan = a_plan(DUTY, kept("writing", "AS01", "tuesday 09:00", 60, "MDS-B"))
    assert amounts(a_week(), plan, "overlap") == [60]


def test_two_requests_in_reception_do_not_overlap() -> None:
    assert overlaps("ACCUEIL", "tuesday 09:00", DUTY, kept("writing", "AS01", "tuesday 09:30", 30)) == [30]
