"""What is forgotten in time, and what is not yet."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from api.store.audit import note
from api.store.database import Store
from api.store.ends import queue_message
from api.store.idempotency import remember
from api.store.jobs import Asked, submit, wish_to_stop
from api.store.purging import Periods, purge_old
from api.store.tables import Audit, Delivery, Idempotency, Job, StoredWeek, Tenant
from api.store.webhooks import Wished, add_webhook
from api.store.weeks import keep_week
from api.words import DeliveryState, EventType, Kind
from tests.builders import a_request, a_week

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
LEAST = timedelta(microseconds=1)


@pytest.fixture
def store(store: Store) -> Store:
    """A week with a job that ended and is published, one that ended, one that waits, a week alone made of the
    first, an audit line,
    a message to a webhook that arrived and one that did not yet."""
    with store.writing() as session:
        session.add(Tenant(id="mine", name="mine", created_at=NOON))
        session.flush()
        first = keep_week(session, "mine", a_week([a_request("R1")]), NOON)[0].id
        keep_week(session, "mine", a_week([a_request("R2")]), NOON, parent_id=first)
        ended = submit(session, "mine", Asked(Kind.PLAN, "{}", first, 1), NOON)
        wish_to_stop(session, ended, NOON)
        published = submit(session, "mine", Asked(Kind.PLAN, "{}", first, 1), NOON)
        wish_to_stop(session, published, NOON)
        published.published_at = NOON
        submit(session, "mine", Asked(Kind.PLAN, "{}", None, 1), NOON)
        remember(session, "mine", "key", "print", ended.id, NOON)
        note(session, "mine", None, "job.stopped", ended.id, NOON)
        webhook = add_webhook(session, "mine", Wished("https://example.org/", ()), "whsec_", NOON)
        for state in (DeliveryState.DELIVERED, DeliveryState.PENDING):
            sent = queue_message(session, webhook, EventType.TEST, {}, NOON)
            sent.state, sent.ended_at = state, NOON if state is DeliveryState.DELIVERED else None
    return store


def left(store: Store) -> dict[str, int]:
    tables = (Audit, Delivery, Idempotency, Job, StoredWeek)
    with store.reading() as session:
        return {one.__tablename__: len(list(session.scalars(select(one)))) for one in tables}


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        (timedelta(days=1), {"audit": 1, "deliveries": 2, "idempotency": 1, "jobs": 3, "weeks": 2}),
        (timedelta(days=1) + LEAST, {"audit": 1, "deliveries": 2, "idempotency": 0, "jobs": 3, "weeks": 2}),
        (timedelta(days=30), {"audit": 1, "deliveries": 2, "idempotency": 0, "jobs": 3, "weeks": 2}),
        (timedelta(days=30) + LEAST, {"audit": 1, "deliveries": 1, "idempotency": 0, "jobs": 3, "weeks": 2}),
        (timedelta(days=90), {"audit": 1, "deliveries": 1, "idempotency": 0, "jobs": 3, "weeks": 2}),
        (timedelta(days=90) + LEAST, {"audit": 1, "deliveries": 1, "idempotency": 0, "jobs": 2, "weeks": 1}),
        (timedelta(days=365), {"audit": 1, "deliveries": 1, "idempotency": 0, "jobs": 2, "weeks": 1}),
        # the job that waits has not ended: it is never forgotten, nor is the week forgotten before its job
        (timedelta(days=365) + LEAST, {"audit": 0, "deliveries": 1, "idempotency": 0, "jobs": 1, "weeks": 0}),
    ],
)
def test_each_thing_is_kept_for_its_time(store: Store, after: timedelta, kept: dict[str, int]) -> None:
    with store.writing() as session:
        purge_old(session, Periods(), NOON + after)
    assert left(store) == kept


def test_a_week_may_go_before_those_made_of_it(store: Store) -> None:
    later = NOON + timedelta(days=2)
    with store.writing() as session:
        parent = keep_week(session, "mine", a_week([a_request("R8")]), NOON)[0]
        child = keep_week(session, "mine", a_week([a_request("R9")]), later, parent.id)[0]
        purge_old(session, Periods(weeks=timedelta(days=1)), later)
        assert session.get(StoredWeek, parent.id, populate_existing=True) is None
        session.refresh(child)
        assert child.parent_id is None
