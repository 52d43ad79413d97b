"""A legal deadline missed costs a fixed price a day: contracts, evictions, evaluations."""

from datetime import date

from tests.builders import a_mission, a_plan, a_week, day, price, unserved


def lateness(kind: str, due: date) -> int:
    week = a_week([a_mission("M1", kind, "FAM1", due=due)])
    return price(week, a_plan(unserved("M1")), "late legal")


def test_what_is_due_when_it_counts_as_done_costs_nothing() -> None:
    assert lateness("DSF", day("monday", 1)) == 0


def test_each_day_late_costs_a_hundred() -> None:
    assert lateness("DSF", day("friday")) == 1000
    assert lateness("CONTRAT", day("thursday")) == 2000


def test_an_interview_has_no_legal_deadline() -> None:
    assert lateness("SUIVI", day("friday")) == 0
