"""The queue holds no more in a week than the team could receive, day after day."""

from optimizer.plan import Queued, Reservation
from optimizer.week import WEEKDAYS, Mission, Professional
from tests.builders import a_mission, a_plan, a_professional, a_week, amounts, day, hours, kept, queued

TWO_HOURS = (a_professional("AS01", windows=hours("09:00-11:00")),)


def beyond(
    lengths: dict[str, list[int]], *parts: Reservation, team: tuple[Professional, ...] = TWO_HOURS
) -> list[int]:
    """Minutes too many when requests of given lengths are queued by day; the team has 600 minutes a week."""
    requests: list[Mission] = []
    rows: list[Queued] = []
    for name, found in lengths.items():
        for minutes in found:
            requests.append(a_mission(f"R{len(requests)}", "ACCUEIL", site="MDS-A", minutes=minutes))
            rows.append(queued(requests[-1].id, name))
    return amounts(a_week(requests, professionals=team), a_plan(*rows, *parts), "H4.1d")


def test_the_first_day_takes_its_share_and_one_more_request() -> None:
    # 600 × 1/5 + 60 = 180
    assert beyond({"monday": [60, 60, 60]}) == []


def test_five_minutes_more_are_too_many() -> None:
    assert beyond({"monday": [60, 60, 60, 5]}) == [5]


def test_a_week_takes_its_capacity() -> None:
    assert beyond({name: [60, 60] for name in WEEKDAYS}) == []


def test_a_week_takes_no_minute_more() -> None:
    assert beyond({name: [60, 60] for name in WEEKDAYS[:4]} | {"friday": [60, 60, 5]}) == [5]


def test_reserved_time_is_taken_off() -> None:
    # 30 of writing leave 570 a week
    writing = kept("writing", "AS01", "monday 09:00", 30)
    assert beyond({name: [60, 60] for name in WEEKDAYS}, writing) == [30]


def test_one_request_alone_is_always_received() -> None:
    assert beyond({"monday": [60]}, team=(a_professional("CT01", "CT"),)) == []
    # two are not: nothing but the longest until Friday, then 120 for nothing
    assert beyond({"monday": [60], "friday": [60]}, team=(a_professional("CT01", "CT"),)) == [120]


def test_someone_who_leaves_is_not_counted() -> None:
    team = (a_professional("AS01", windows=hours("09:00-11:00"), departure=day("friday")),)
    # nothing on Monday but the longest request: 60 for 60; 120 on Friday for nothing
    assert beyond({"monday": [60], "friday": [60]}, team=team) == [120]
