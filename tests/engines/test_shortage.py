"""The group that is short, proven by a flow, and silence where nobody is."""

from itertools import combinations

import pytest

from optimizer.board import Board
from optimizer.engines.shortage import shortage
from optimizer.week import Week
from tests.builders import TEAM, a_case, a_mission, a_plan, a_professional, a_span, a_week, day, hours, kept

MORNINGS = hours("08:30-12:30", days=["monday", "tuesday", "wednesday", "thursday"])


def educators(asked: int) -> Week:
    """One ES on four mornings, and work of three hours and a half for an ES, due on Thursday."""
    team = [person for person in TEAM if person.id != "ES01"]
    cases = [a_case(f"FAM{n}", "ES01") for n in range(asked)]
    return a_week(
        [
            a_mission(f"M{n}", "EDUC", f"FAM{n}", 210, due=day("thursday"), professions=["ES"])
            for n in range(asked)
        ],
        professionals=[*team, a_professional("ES01", "ES", windows=MORNINGS)],
        cases=cases,
    )


def test_four_half_days_of_an_es_where_six_are_needed() -> None:
    week = educators(6)
    found = shortage(Board(week), a_plan(), week.mission["M0"])
    assert found is not None
    assert (found.professions, found.half_days, found.missions) == (("ES",), 4, 6)
    assert found.needed == 6
    assert (found.minutes, found.wanted) == (4 * 240, 6 * 210)
    assert not found.is_beside_what_is_kept


def test_nobody_is_short_where_a_flow_sends_everything() -> None:
    week = educators(4)
    assert shortage(Board(week), a_plan(), week.mission["M0"]) is None


def test_what_a_plan_keeps_may_be_what_lacks() -> None:
    week = educators(4)
    writing = [kept("writing", "ES01", f"{name} 08:30", 120) for name in ("monday", "tuesday")]
    found = shortage(Board(week), a_plan(*writing), week.mission["M0"])
    assert found is not None
    assert found.is_beside_what_is_kept
    assert found.minutes == 4 * 240 - 240


def test_a_mission_that_others_can_do_is_not_short() -> None:
    week = educators(6)
    more = a_mission("A1", "ACCUEIL", minutes=60, site="MDS-A")
    other = week.model_copy(update={"missions": (*week.missions, more)})
    other = Week.model_validate(other.model_dump())
    assert shortage(Board(other), a_plan(), other.mission["A1"]) is None


@pytest.mark.parametrize("asked", range(2, 8))
def test_a_shortage_is_told_exactly_where_some_missions_want_more_than_there_is(asked: int) -> None:
    """Hall's condition, by hand: one kind of work, one person, all at once."""
    week = educators(asked)
    free = sum(half.minutes for (person, _), half in Board(week).half_days.items() if person == "ES01")
    short = any(
        210 * len(some) > free for size in range(asked + 1) for some in combinations(range(asked), size)
    )
    assert (shortage(Board(week), a_plan(), week.mission["M0"]) is not None) == short


def test_absences_take_time_away() -> None:
    week = educators(4)
    away = Week.model_validate(
        week.model_dump() | {"absences": [a_span("ES01", "monday 08:30", "monday 12:30").model_dump()]}
    )
    found = shortage(Board(away), a_plan(), away.mission["M0"])
    assert found is not None and found.half_days == 3
