"""People start and end their half-days at their own site if possible."""

from optimizer.plan import Assignment, Reservation
from optimizer.week import Professional
from tests.builders import TEAM, a_mission, a_plan, a_professional, a_row, a_week, kept, price, team_with


def posted(*parts: Assignment | Reservation, team: tuple[Professional, ...] = TEAM) -> int:
    week = a_week([a_mission("M1", "PARTENARIAT")], professionals=team)
    return price(week, a_plan(*parts), "posting")


def test_ones_own_site_costs_nothing() -> None:
    assert posted(kept("writing", "AS01", "tuesday 09:00", 60)) == 0


def test_a_half_day_elsewhere_costs_two() -> None:
    # posted at MDS-B (2 points) rather than 20 minutes out and 20 back (8 points)
    assert posted(kept("writing", "AS01", "tuesday 09:00", 60, "MDS-B")) == 20


def test_each_half_day_counts() -> None:
    assert (
        posted(*(kept("writing", "AS01", f"tuesday {hour}", 60, "MDS-B") for hour in ("09:00", "14:00")))
        == 40
    )


def test_reception_fixes_the_post() -> None:
    # MDS-A would be 20 minutes away
    assert posted(kept("reception", "AS01", "tuesday 13:30", 240, "MDS-B")) == 20


def test_time_without_a_place_has_no_post() -> None:
    assert posted(a_row("M1", "AS01", "tuesday 09:00", 90, place="outside")) == 0
    team = team_with(a_professional("AS01", telework=["tuesday"]))
    assert posted(kept("writing", "AS01", "tuesday 09:00", 60, None), team=team) == 0
