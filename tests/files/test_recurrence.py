"""Recurrences agree with an implementation written by others."""

from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.files.recurrence import DAYS, rule_of

days = st.sampled_from(DAYS)
nth_days = st.builds(lambda nth, day: f"{nth}{day}", st.sampled_from([-2, -1, 1, 2, 3, 4]), days)


def lists(values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    by_day = lists(days) if frequency in ("DAILY", "WEEKLY") else lists(days) | lists(nth_days)
    parts = {
        "INTERVAL": draw(st.none() | st.integers(1, 4)),
        "COUNT": draw(st.none() | st.integers(1, 30)),
        "WKST": draw(st.none() | days),
        "BYDAY": draw(st.none() | by_day),
        "BYMONTH": draw(st.none() | lists(st.integers(1, 12))),
        "BYMONTHDAY": None
        if frequency == "WEEKLY"
        else draw(st.none() | lists(st.sampled_from([1, 2, 13, 28, -1, -3]))),
    }
    if parts["BYDAY"] and frequency in ("MONTHLY", "YEARLY"):
        parts["BYSETPOS"] = draw(st.none() | lists(st.sampled_from([1, -1])))
    return ";".join([f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items() if value)])


@settings(max_examples=60, deadline=None)
@given(rules(), st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 700))
def test_recurrences_are_those_of_the_standard(text: str, first: date, ahead: int) -> None:
    since, last = first + timedelta(days=ahead), first + timedelta(days=ahead + 60)
    rule = rrulestr(f"RRULE:{text}", dtstart=datetime.combine(first, datetime.min.time()))
    expected = []
    for number, moment in enumerate(rule):
        if moment.date() > last or number > 2_000:
            break
        expected.append(moment.date())
    found = list(rule_of(text).days(first, since, last))
    assert [day for day in found if day >= since] == [day for day in expected if day >= since]
