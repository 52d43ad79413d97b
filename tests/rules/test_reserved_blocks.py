"""Reserved time is the sector team's, in blocks: writing 30 to 120 minutes, collective at least 90."""

import pytest

from tests.builders import a_plan, a_week, amounts, an_action, kept

GROUP = an_action("G1", ("AS", "CESF"), preparation=60)


@pytest.mark.parametrize(
    ("kind", "minutes", "expected"),
    [
        ("writing", 30, []),
        ("writing", 25, [5]),
        ("writing", 120, []),
        ("writing", 125, [5]),
        ("collective", 90, []),
        ("collective", 85, [5]),
        ("preparation", 5, []),
    ],
)
def test_blocks_have_their_lengths(kind: str, minutes: int, expected: list[int]) -> None:
    plan = a_plan(kept(kind, "AS01", "tuesday 09:00", minutes))
    assert amounts(a_week(actions=[GROUP]), plan, "H3.2") == expected


def test_collective_time_is_at_a_site() -> None:
    assert amounts(a_week(), a_plan(kept("collective", "AS01", "tuesday 09:00", 90, None)), "H3.2") == [1]


def test_writing_and_preparation_may_be_at_home() -> None:
    plan = a_plan(
        kept("writing", "AS01", "tuesday 09:00", 60, None),
        kept("preparation", "AS01", "tuesday 10:00", 60, None),
    )
    assert amounts(a_week(actions=[GROUP]), plan, "H3.2") == []


def test_preparation_is_for_those_who_may_lead_what_asks_for_it() -> None:
    plan = a_plan(kept("preparation", "ES01", "tuesday 09:00", 60))
    assert amounts(a_week(actions=[GROUP]), plan, "H3.2") == [1]  # an AS and a CESF lead it
    plan = a_plan(kept("preparation", "AS01", "tuesday 09:00", 60))
    assert amounts(a_week(actions=[an_action("G1", ("AS",))]), plan, "H3.2") == [1]  # nothing to prepare


def test_time_is_reserved_for_the_sector_team_alone() -> None:
    assert amounts(a_week(), a_plan(kept("writing", "EV01", "tuesday 09:00", 60, "POLE-E")), "H3.2") == [1]


def test_reception_is_no_block() -> None:
    assert amounts(a_week(), a_plan(kept("reception", "EV01", "tuesday 09:00", 15)), "H3.2") == []
