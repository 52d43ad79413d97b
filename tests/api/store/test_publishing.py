"""One published plan for all weeks that events made of each other, on each kind of database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from api.store.database import Store
from api.store.jobs import Asked, job_kept, submit
from api.store.publishing import lock_tenant, publish, published_kept, withdraw
from api.store.queue import add_result
from api.store.tables import Job, Result, Tenant
from api.store.weeks import keep_week
from api.words import Kind
from tests.builders import a_request, a_week

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
PARENTS = {"first": None, "second": "first", "third": "second", "sibling": "first", "stranger": None}


@pytest.fixture
def jobs(store: Store) -> dict[str, tuple[str, str]]:
    """A job with a plan of each week: its name and that of its week."""
    found: dict[str, tuple[str, str]] = {}
    with store.writing() as session:
        session.add_all(Tenant(id=one, name=one, created_at=NOON) for one in ("mine", "theirs"))
        session.flush()
        for number, (name, parent) in enumerate(PARENTS.items()):
            parent_id = found[parent][1] if parent else None
            week = keep_week(session, "mine", a_week([a_request(f"R{number}")]), NOON, parent_id)[0].id
            job = submit(session, "mine", Asked(Kind.PLAN, "{}", week, 1), NOON).id
            add_result(session, Result(job_id=job, week_id=week, levels="[]", reasons="[]", plan="{}"))
            found[name] = job, week
    return found


def published(store: Store) -> set[str]:
    with store.reading() as session:
        return set(session.scalars(select(Job.id).where(Job.published_at.is_not(None))))


def make_published(store: Store, job: str, week: str, now: datetime = NOON) -> bool:
    with store.writing() as session:
        lock_tenant(session, "mine")
        kept = job_kept(session, "mine", job, is_locked=True)
        assert kept is not None
        return publish(session, kept, week, "key_1", now)


@pytest.mark.parametrize("other", ["second", "third", "sibling"])
def test_what_is_published_of_a_related_week_is_withdrawn(
    store: Store, jobs: dict[str, tuple[str, str]], other: str
) -> None:
    for one in (jobs["first"], jobs["stranger"], jobs[other]):
        assert make_published(store, *one)
    assert published(store) == {jobs["stranger"][0], jobs[other][0]}
    assert make_published(store, *jobs["first"])  # and back again
    assert published(store) == {jobs["stranger"][0], jobs["first"][0]}


def test_a_week_kept_first_and_made_of_another_later_is_related(
    store: Store, jobs: dict[str, tuple[str, str]]
) -> None:
    number = list(PARENTS).index("stranger")
    with store.writing() as session:
        week = a_week([a_request(f"R{number}")])
        assert keep_week(session, "mine", week, NOON, jobs["third"][1])[0].id == jobs["stranger"][1]
    for one in ("first", "stranger"):
        assert make_published(store, *jobs[one])
    assert published(store) == {jobs["stranger"][0]}


def test_what_is_published_stays_as_it_was_until_withdrawn(
    store: Store, jobs: dict[str, tuple[str, str]]
) -> None:
    job, week = jobs["first"]
    assert make_published(store, job, week)
    assert not make_published(store, job, week, NOON + timedelta(days=1))
    with store.writing() as session:
        kept = job_kept(session, "mine", job, is_locked=True)
        assert kept is not None and (kept.published_at, kept.published_by) == (NOON, "key_1")
        assert [withdraw(kept), withdraw(kept)] == [True, False]
    assert published(store) == set()


def test_published_plans_come_by_pages_the_last_first(store: Store, jobs: dict[str, tuple[str, str]]) -> None:
    for number, name in enumerate(("stranger", "third")):
        make_published(store, *jobs[name], NOON + timedelta(days=number))
    with store.reading() as session:
        first, after = published_kept(session, "mine", 1)
        second, end = published_kept(session, "mine", 1, after)
        assert published_kept(session, "theirs", 1) == ([], None)
    assert [(job.id, week) for job, week in (*first, *second)] == [jobs["third"], jobs["stranger"]]
    assert end is None
