"""A household is met by its referent."""

from optimizer.plan import Referent
from optimizer.week import Case, Professional
from tests.builders import (
    TEAM,
    a_case,
    a_mission,
    a_plan,
    a_professional,
    a_referent,
    a_row,
    a_week,
    day,
    price,
    team_with,
    unserved,
)


def broken(
    people: str, case: Case, *parts: Referent, team: tuple[Professional, ...] = TEAM, kind: str = "SUIVI"
) -> int:
    week = a_week([a_mission("M1", kind, "FAM1", minutes=60)], cases=[case], professionals=team)
    row = a_row("M1", people, "wednesday 09:00", 60, "MDS-A", "A1")
    return price(week, a_plan(row, *parts), "continuity")


def test_the_referent_costs_nothing() -> None:
    assert broken("AS01", a_case("FAM1")) == 0


def test_another_person_costs_six() -> None:
    assert broken("ES01", a_case("FAM1")) == 60


def test_the_referent_in_a_pair_is_enough() -> None:
    assert broken("ES01 AS01", a_case("FAM1")) == 0


def test_the_new_referent_is_one_at_once() -> None:
    case = a_case("FAM1", referent=None)
    assert broken("ES01", case, a_referent("FAM1", "ES01")) == 0
    assert broken("AS01", case, a_referent("FAM1", "ES01")) == 60


def test_a_household_without_referent_costs_nothing() -> None:
    assert broken("ES01", a_case("FAM1", referent=None)) == 0


def test_a_referent_who_left_is_none() -> None:
    # the interview is on Wednesday
    for departure, expected in ((day("wednesday"), 60), (day("tuesday"), 0)):
        team = team_with(a_professional("AS01", departure=departure))
        assert broken("ES01", a_case("FAM1"), team=team) == expected


def test_an_evaluation_has_no_continuity() -> None:
    assert broken("EV01", a_case("FAM1"), kind="IP_RENC") == 0


def test_what_is_not_placed_costs_nothing() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    assert price(week, a_plan(unserved("M1")), "continuity") == 0
