"""A request is queued only when the plan has no slot left for it, nothing else being moved."""

from optimizer.plan import Assignment, Reservation
from optimizer.week import Professional
from optimizer.words import Profession
from tests.builders import (
    a_mission,
    a_plan,
    a_professional,
    a_request,
    a_row,
    a_week,
    amounts,
    at,
    day,
    hours,
    kept,
    queued,
)

ONE_HOUR = (a_professional("AS01", windows=hours("09:00-10:00", days=["monday"])),)


def left(
    *parts: Assignment | Reservation, team: tuple[Professional, ...] = ONE_HOUR, **request: object
) -> list[int]:
    """Slots left for a request of an hour while one person is there for an hour, on Monday."""
    mission = a_request("R1").model_copy(update=request)
    others = [a_mission("M1", "PARTENARIAT", minutes=5), a_mission("M2", "SUIVI", "FAM1", minutes=60)]
    week = a_week([mission, *others], professionals=team)
    return amounts(week, a_plan(queued("R1"), *parts), "H4.1c")


def test_nobody_waits_while_an_hour_is_free() -> None:
    assert left() == [1]


def test_a_request_waits_when_five_minutes_are_missing() -> None:
    assert left(a_row("M1", "AS01", "monday 09:00", 5, place="outside")) == []


def test_a_request_waits_for_its_release() -> None:
    assert left(release=day("tuesday")) == []


def test_a_request_waits_for_someone_who_may_receive() -> None:
    assert left(team=(a_professional("CT01", "CT"),)) == []
    assert left(team=(a_professional("EV01", "AS", "EVAL-1", "POLE-E"),)) == []


def test_a_request_waits_for_the_profession_wanted() -> None:
    assert left(professions=(Profession.CESF,)) == []


def test_a_request_waits_for_a_room() -> None:
    # both rooms of MDS-A are taken, by someone who may not receive
    team = (*ONE_HOUR, a_professional("CT01", "CT"), a_professional("CT02", "CT"))
    taken = [
        a_row("M2", person, "monday 09:00", 60, "MDS-A", room)
        for person, room in (("CT01", "A1"), ("CT02", "A2"))
    ]
    assert left(taken[0], team=team) == [1]
    assert left(*taken, team=team) == []


def test_a_request_waits_for_the_opening() -> None:
    assert left(team=(a_professional("AS01", windows=hours("07:30-08:30")),)) == []


def test_a_request_waits_for_travel() -> None:
    # two hours; at home until 9:50 and 10 minutes back leave an hour, until 9:55 five minutes less
    team = (a_professional("AS01", windows=hours("09:00-11:00", days=["monday"])),)
    assert left(a_row("M2", "AS01", "monday 09:10", 40, place="home:NORD"), team=team) == [1]
    assert left(a_row("M2", "AS01", "monday 09:10", 45, place="home:NORD"), team=team) == []


def test_reception_holds_a_request_within_its_half() -> None:
    # 240 minutes: 60 + 60 is half of it, 65 + 60 is not
    team = (a_professional("AS01", windows=hours("08:30-12:30", days=["monday"])),)
    duty = kept("reception", "AS01", "monday 08:30", 240)
    assert left(duty, kept("writing", "AS01", "monday 08:30", 60), team=team) == [1]
    assert left(duty, kept("writing", "AS01", "monday 08:30", 65), team=team) == []


def test_a_teleworked_half_day_is_no_slot() -> None:
    team = (a_professional("AS01", windows=hours("08:30-12:30", days=["monday"]), telework=["monday"]),)
    assert left(kept("writing", "AS01", "monday 08:30", 60, None), team=team) == []


def test_a_pair_is_free_together() -> None:
    team = (*ONE_HOUR, a_professional("ES01", "ES", windows=hours("09:00-10:00", days=["monday"])))
    assert left(people=2) == []
    assert left(people=2, team=team) == [1]


def test_a_fixed_request_has_one_slot() -> None:
    assert left(fixed_start=at("monday 09:00")) == [1]
    assert left(fixed_start=at("monday 09:05")) == []
