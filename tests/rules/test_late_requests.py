"""A request received late costs more each day: nobody waits for ever, whatever the class."""

from optimizer.words import Urgency
from tests.builders import a_mission, a_plan, a_request, a_row, a_week, day, price, queued, unserved


def lateness(due: str, kind: str = "ACCUEIL", urgency: Urgency | None = None) -> int:
    """The price of a request queued on Monday 12 January."""
    week = a_week([a_mission("R1", kind, site="MDS-A", due=day(due), urgency=urgency)])
    return price(week, a_plan(queued("R1", "monday")), "late request")


def test_a_request_on_its_due_date_costs_nothing() -> None:
    week = a_week([a_request("R1", due=day("monday", 1))])
    assert price(week, a_plan(queued("R1", "monday")), "late request") == 0


def test_an_ordinary_request_costs_more_each_day() -> None:
    assert lateness("friday") == 600
    assert lateness("thursday") == 600 + 720
    assert lateness("wednesday") == 600 + 720 + 840


def test_a_priority_request_costs_more() -> None:
    assert lateness("thursday", urgency=Urgency.PRIORITY) == 1500 + 1800


def test_an_urgent_request_costs_the_same_each_day() -> None:
    assert lateness("thursday", urgency=Urgency.URGENT) == 2 * 3000
    assert lateness("thursday", kind="URGENCE") == 2 * 3000


def test_a_request_received_in_time_costs_nothing() -> None:
    week = a_week([a_request("R1", due=day("tuesday"))])
    plan = a_plan(a_row("R1", "AS01", "tuesday 16:30", 60, "MDS-A", "A1"))
    assert price(week, plan, "late request") == 0


def test_a_request_received_the_day_after_is_late() -> None:
    week = a_week([a_request("R1", due=day("tuesday"))])
    plan = a_plan(a_row("R1", "AS01", "wednesday 08:30", 60, "MDS-A", "A1"))
    assert price(week, plan, "late request") == 600


def test_another_mission_is_no_request() -> None:
    assert price(a_week([a_mission("M1", "SUIVI", "FAM1")]), a_plan(unserved("M1")), "late request") == 0
