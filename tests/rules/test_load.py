"""Minutes of missions follow the paid time, within ten percent, among those who accompany."""

from collections.abc import Sequence

from optimizer.week import WEEKDAYS, Span
from tests.builders import a_mission, a_plan, a_row, a_span, a_week, price


def load(*minutes: int, absences: Sequence[Span] = ()) -> int:
    """The price of the missions of AS01, CESF01 and ES01."""
    people = ("AS01", "CESF01", "ES01")
    missions = [a_mission(f"M{n}", "PARTENARIAT", minutes=length) for n, length in enumerate(minutes)]
    rows = [
        a_row(f"M{n}", person, "tuesday 09:00", length, place="outside")
        for n, (person, length) in enumerate(zip(people, minutes, strict=True))
    ]
    return price(a_week(missions, absences=absences), a_plan(*rows), "load")


def test_ten_percent_cost_nothing() -> None:
    assert load(110, 100, 90) == 0


def test_five_minutes_beyond_cost_half_a_point_each_way() -> None:
    assert load(115, 100, 85) == 10  # 5 above 110, 5 under 90, a tenth a minute


def test_a_part_of_a_grid_step_counts_as_one() -> None:
    # total 310, a third 103.3: 113.7 at most and 93 at least; 115 is 1.3 above, 90 is 3 under
    assert load(115, 105, 90) == 10


def test_the_share_follows_paid_time() -> None:
    # ES01 is away for half of the week: shares of 2/5, 2/5 and 1/5 of 300
    half = [a_span("ES01", f"{name} 13:30", f"{name} 17:30") for name in WEEKDAYS]
    assert load(120, 120, 60, absences=half) == 0


def test_nothing_to_do_costs_nothing() -> None:
    assert price(a_week(), a_plan(), "load") == 0
