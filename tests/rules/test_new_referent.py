"""A new referent has the household's missions at the core of their profession, and followed it before."""

from collections.abc import Sequence

from tests.builders import a_case, a_mission, a_plan, a_referent, a_week, price


def attributed(person: str, *kinds: str, followers: Sequence[str] = ()) -> int:
    missions = [a_mission(f"M{n}", kind, "FAM1") for n, kind in enumerate(kinds)]
    week = a_week(missions, cases=[a_case("FAM1", referent=None, followers=followers)])
    return price(week, a_plan(a_referent("FAM1", person)), "new referent")


def test_a_core_referent_costs_nothing() -> None:
    assert attributed("AS01", "SUIVI", "DROITS") == 0


def test_each_open_mission_not_core_costs_four() -> None:
    assert attributed("CESF01", "SUIVI", "DROITS") == 80
    assert attributed("CESF01", "SUIVI", "BUDGET") == 40


def test_a_follower_is_better_by_two() -> None:
    assert attributed("AS01", followers=["AS01"]) == 0
    assert attributed("AS01", followers=["ES01"]) == 20


def test_a_household_that_nobody_followed_costs_nothing() -> None:
    assert attributed("AS01") == 0


def test_missions_of_other_services_do_not_count() -> None:
    assert attributed("AS01", "IP_VAD") == 0
