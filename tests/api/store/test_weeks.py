"""Weeks that are kept."""

from datetime import UTC, datetime, timedelta

import pytest

from api.store.database import Store
from api.store.pages import BadCursor
from api.store.tables import Tenant
from api.store.weeks import keep_week, week_kept, week_of, weeks_kept
from tests.builders import a_mission, a_request, a_week

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def store(store: Store) -> Store:
    with store.writing() as session:
        session.add_all(Tenant(id=one, name=one, created_at=NOON) for one in ("mine", "theirs"))
    return store


def test_the_same_content_is_one_week(store: Store) -> None:
    with store.writing() as session:
        first, is_first_new = keep_week(session, "mine", a_week([a_request("R1")]), NOON)
        again, is_again_new = keep_week(session, "mine", a_week([a_request("R1")]), NOON)
        other, _ = keep_week(session, "mine", a_week([a_request("R2")]), NOON)
    assert (is_first_new, is_again_new) == (True, False)
    assert first.id == again.id != other.id


def test_a_week_comes_back_as_it_was(store: Store) -> None:
    week = a_week([a_mission("M1", "SUIVI", case_id="FAM1"), a_request("R1")])
    with store.writing() as session:
        id_ = keep_week(session, "mine", week, NOON)[0].id
    with store.reading() as session:
        kept = week_kept(session, "mine", id_)
        assert kept is not None and week_of(kept) == week


def test_a_tenant_has_its_own_weeks_only(store: Store) -> None:
    with store.writing() as session:
        mine = keep_week(session, "mine", a_week(), NOON)[0].id
        theirs = keep_week(session, "theirs", a_week(), NOON)[0].id
        assert mine != theirs
        assert week_kept(session, "mine", theirs) is None
        assert [one.id for one in weeks_kept(session, "mine", 10)[0]] == [mine]


def test_a_week_that_is_made_of_another_later_remembers_it(store: Store) -> None:
    weeks = [a_week([a_request(f"R{n}")]) for n in range(3)]
    with store.writing() as session:
        first, second, third = (keep_week(session, "mine", week, NOON)[0].id for week in weeks)
    for made, parent, expected in (
        (1, second, None),  # of itself
        (1, first, first),
        (1, third, first),  # the one that it was first made of
        (0, second, None),  # of what was made of it: no circle
        (1, None, first),
    ):
        with store.writing() as session:
            assert keep_week(session, "mine", weeks[made], NOON, parent)[1] is False
        with store.reading() as session:
            kept = week_kept(session, "mine", (first, second)[made])
            assert kept is not None and kept.parent_id == expected


def test_pages_hold_every_week_once_the_newest_first(store: Store) -> None:
    # five weeks, two of one instant: pages of two, two and one
    with store.writing() as session:
        moments = [NOON + timedelta(minutes=minutes) for minutes in (0, 1, 1, 2, 3)]
        ids = [
            keep_week(session, "mine", a_week([a_request(f"R{n}")]), moment)[0].id
            for n, moment in enumerate(moments)
        ]
    seen: list[list[str]] = []
    cursor = None
    with store.reading() as session:
        while not seen or cursor:
            rows, cursor = weeks_kept(session, "mine", 2, cursor)
            seen.append([row.id for row in rows])
    assert [len(page) for page in seen] == [2, 2, 1]
    assert seen[0][0] == ids[4] and seen[2] == [ids[0]]
    assert sorted(one for page in seen for one in page) == sorted(ids)


@pytest.mark.parametrize("cursor", ["", "x", "é", "bm90IGEgY3Vyc29y", "MjAyNi0wMS0wNVQxMjowMDowMCB3ZWVrXzE"])
def test_a_cursor_that_no_page_gave_is_refused(store: Store, cursor: str) -> None:
    with store.reading() as session, pytest.raises(BadCursor):
        weeks_kept(session, "mine", 2, cursor)
