"""Each case of the sector team without a lasting referent gets one who may do all that is open for it."""

from optimizer.plan import Referent
from optimizer.week import Case, Professional
from tests.builders import (
    TEAM,
    a_case,
    a_mission,
    a_plan,
    a_professional,
    a_referent,
    a_week,
    amounts,
    day,
    team_with,
    unserved,
)


def attributions(
    case: Case, *rows: Referent, team: tuple[Professional, ...] = TEAM, kind: str = "SUIVI"
) -> list[int]:
    week = a_week([a_mission("M1", kind, case.id)], cases=[case], professionals=team)
    return amounts(week, a_plan(*rows, unserved("M1")), "referents")


def test_a_case_without_referent_gets_one() -> None:
    assert attributions(a_case("FAM1", referent=None), a_referent("FAM1", "AS01")) == []
    assert attributions(a_case("FAM1", referent=None)) == [1]


def test_a_case_gets_only_one() -> None:
    rows = [a_referent("FAM1", "AS01"), a_referent("FAM1", "ES01")]
    assert attributions(a_case("FAM1", referent=None), *rows) == [1]


def test_a_case_with_a_lasting_referent_gets_none() -> None:
    assert attributions(a_case("FAM1")) == []
    assert attributions(a_case("FAM1"), a_referent("FAM1", "ES01")) == [1]


def test_a_case_whose_referent_leaves_gets_another() -> None:
    # the horizon ends on Sunday 11 January
    leaving = team_with(a_professional("AS01", departure=day("sunday")))
    staying = team_with(a_professional("AS01", departure=day("monday", 1)))
    assert attributions(a_case("FAM1"), a_referent("FAM1", "ES01"), team=leaving) == []
    assert attributions(a_case("FAM1"), a_referent("FAM1", "ES01"), team=staying) == [1]
    assert attributions(a_case("FAM1"), a_referent("FAM1", "AS01"), team=leaving) == [1]


def test_a_case_whose_referent_hands_over_gets_another() -> None:
    away = team_with(a_professional("AS01", hands_over=True))
    assert attributions(a_case("FAM1"), a_referent("FAM1", "ES01"), team=away) == []
    assert attributions(a_case("FAM1"), a_referent("FAM1", "AS01"), team=away) == [1]
    assert attributions(a_case("FAM1"), team=away) == [1]


def test_a_referent_may_do_all_that_is_open() -> None:
    # EDUC is X for a CESF
    case = a_case("FAM1", referent=None)
    assert attributions(case, a_referent("FAM1", "ES01"), kind="EDUC") == []
    assert attributions(case, a_referent("FAM1", "CESF01"), kind="EDUC") == [1]


def test_a_case_that_nobody_may_take_is_left() -> None:
    team = (a_professional("CESF01", "CESF"),)
    assert attributions(a_case("FAM1", referent=None), team=team, kind="EDUC") == []


def test_a_case_of_another_site_is_not_attributed() -> None:
    assert attributions(a_case("FAM1", referent=None, site="POLE-E")) == []


def test_an_evaluator_is_no_referent() -> None:
    assert attributions(a_case("FAM1", referent=None), a_referent("FAM1", "EV01")) == [1]
