"""Each week the sector team has its share of collective time, managers included and secretaries not."""

from collections.abc import Sequence

from optimizer.organisation import Organisation
from optimizer.plan import Assignment, Reservation
from optimizer.week import WEEKDAYS, CollectiveAction, Professional, Span
from tests.builders import TEAM, a_plan, a_professional, a_row, a_span, a_week, an_action, kept, price

SHARE = Organisation(collective_share_percent=8, writing_share_percent=0)


def quota(
    *parts: Assignment | Reservation,
    professionals: Sequence[Professional] = TEAM[:1],
    actions: Sequence[CollectiveAction] = (),
    absences: Sequence[Span] = (),
    busy: Sequence[Span] = (),
) -> int:
    """The price for one person, of a quota of 8 % of 40 hours: 192, that is 190 minutes on the grid."""
    week = a_week(
        organisation=SHARE, professionals=professionals, actions=actions, absences=absences, busy=busy
    )
    return price(week, a_plan(*parts), "collective time")


def test_each_minute_missing_costs_one() -> None:
    assert quota() == 1900


def test_the_quota_met_costs_nothing() -> None:
    assert quota(kept("collective", "AS01", "tuesday 09:00", 190)) == 0


def test_five_minutes_missing_cost_five() -> None:
    assert quota(kept("collective", "AS01", "tuesday 09:00", 185)) == 50


def test_preparation_and_leading_count() -> None:
    prepared = kept("preparation", "AS01", "monday 09:00", 30)
    led = a_row("G1", "AS01", "tuesday 09:00", 120, "MDS-A", "AG")
    assert quota(prepared, led, actions=[an_action("G1", ["AS"])]) == 400  # 190 - 30 - 120


def test_writing_does_not_count() -> None:
    assert quota(kept("writing", "AS01", "tuesday 09:00", 60)) == 1900


def test_absences_are_taken_off_and_busy_events_are_not() -> None:
    # half the week: 8 % of 20 hours is 96, that is 95
    half = [a_span("AS01", f"{name} 13:30", f"{name} 17:30") for name in WEEKDAYS]
    assert quota(absences=half) == 950
    assert quota(busy=half) == 1900


def test_a_manager_has_a_quota_and_a_secretary_none() -> None:
    assert quota(professionals=[a_professional("CT01", "CT")]) == 1900
    assert quota(professionals=[a_professional("SECR01", "SECR")]) == 0
    assert quota(professionals=[a_professional("EV01", "AS", "EVAL-1", "POLE-E")]) == 0
