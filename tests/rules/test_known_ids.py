"""A plan speaks only of what its week knows, and names somebody, each person once."""

from optimizer.plan import Assignment, Queued, Referent, Reservation, Unserved
from tests.builders import a_mission, a_plan, a_referent, a_row, a_week, amounts, kept, queued, unserved


def unknown(*parts: Assignment | Reservation | Referent | Queued | Unserved) -> list[int]:
    return amounts(a_week([a_mission("M1", "SUIVI", "FAM1")]), a_plan(*parts), "ids")


def test_what_the_week_knows_is_known() -> None:
    assert unknown(a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1"), a_referent("FAM1", "AS01")) == []


def test_each_unknown_id_is_told() -> None:
    assert unknown(a_row("?", "NOBODY", "tuesday 09:00", 45, "NOWHERE", "NO-ROOM")) == [1, 1, 1, 1]
    assert unknown(kept("writing", "NOBODY", "tuesday 09:00", 45, "NOWHERE")) == [1, 1]
    assert unknown(queued("?"), unserved("?"), a_referent("?", "?")) == [1, 1, 1, 1]


def test_a_row_names_somebody() -> None:
    assert unknown(a_row("M1", "", "tuesday 09:00", 45, "MDS-A", "A1")) == [1]


def test_a_row_names_each_person_once() -> None:
    assert unknown(a_row("M1", "AS01 AS01 AS01", "tuesday 09:00", 45, "MDS-A", "A1")) == [2]


def test_travel_names_people_that_exist() -> None:
    assert unknown(kept("travel", "NOBODY", "tuesday 09:00", 45)) == [1]
