"""Missions go first to the professions whose core they are."""

from tests.builders import a_mission, a_plan, a_professional, a_row, a_week, an_action, price


def core(kind: str, people: str) -> int:
    week = a_week([a_mission("M1", kind, "FAM1", minutes=60)])
    return price(week, a_plan(a_row("M1", people, "tuesday 09:00", 60, "MDS-A", "A1")), "core")


def test_a_core_profession_costs_nothing() -> None:
    assert core("SUIVI", "AS01") == 0


def test_a_possible_profession_costs_four() -> None:
    assert core("SUIVI", "CESF01") == 40


def test_each_person_counts() -> None:
    assert core("BUDGET", "AS01 ES01") == 80


def test_two_parts_count_once() -> None:
    week = a_week(
        [a_mission("M1", "IP_ECR", "FAM1")], professionals=[a_professional("EV09", "PSY", "EVAL-1", "POLE-E")]
    )
    parts = [a_row("M1", "EV09", f"{name} 09:00", 120) for name in ("monday", "tuesday")]
    assert price(week, a_plan(*parts), "core") == 40


def test_an_action_is_no_mission() -> None:
    week = a_week(actions=[an_action("G1", ["ES"], kind="ISIC_DSL", site=None)])
    assert price(week, a_plan(a_row("G1", "ES01", "tuesday 09:00", 120, place="outside")), "core") == 0
