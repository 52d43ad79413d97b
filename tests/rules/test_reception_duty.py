"""Reception duty is one person's, for a whole half-day of a site's opening, half of it kept free."""

import pytest

from optimizer.plan import Reservation
from optimizer.week import Professional
from tests.builders import TEAM, a_need, a_plan, a_week, amounts, kept


def duties(*parts: Reservation, team: tuple[Professional, ...] = TEAM) -> list[int]:
    week = a_week(reception=[a_need("tuesday", morning=1)], professionals=team)
    return amounts(week, a_plan(*parts), "H4.4")


def test_a_duty_covers_a_half_day_of_the_opening() -> None:
    assert duties(kept("reception", "AS01", "tuesday 08:30", 240)) == []


@pytest.mark.parametrize(
    ("start", "minutes"), [("tuesday 08:30", 235), ("tuesday 08:35", 235), ("tuesday 08:30", 245)]
)
def test_a_duty_is_not_five_minutes_off(start: str, minutes: int) -> None:
    assert duties(kept("reception", "AS01", start, minutes)) == [1]


def test_no_more_people_than_needed() -> None:
    pair = [kept("reception", person, "tuesday 08:30", 240) for person in ("AS01", "ES01")]
    assert duties(*pair) == [1]


def test_nobody_is_needed_on_another_day() -> None:
    assert duties(kept("reception", "AS01", "wednesday 08:30", 240)) == [1]


def test_half_of_it_may_be_taken() -> None:
    duty = kept("reception", "AS01", "tuesday 08:30", 240)
    writing = kept("writing", "AS01", "tuesday 09:00", 120)
    assert duties(duty, writing) == []


def test_five_minutes_more_may_not() -> None:
    duty = kept("reception", "AS01", "tuesday 08:30", 240)
    assert duties(duty, kept("writing", "AS01", "tuesday 09:00", 125)) == [5]


def test_a_manager_does_not_receive() -> None:
    assert duties(kept("reception", "CT01", "tuesday 08:30", 240)) == [1]  # ACCUEIL is X


def test_only_the_sector_team_receives_where_it_is_posted() -> None:
    # EV01 is neither of SECTEUR nor posted at MDS-A
    assert duties(kept("reception", "EV01", "tuesday 08:30", 240)) == [1, 1]


def test_a_duty_is_one_persons() -> None:
    # two people named in one line: not one person, and one more than needed
    assert duties(kept("reception", "AS01 ES01", "tuesday 08:30", 240)) == [1, 1]
