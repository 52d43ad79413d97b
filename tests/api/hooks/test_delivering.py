"""Messages to webhooks: none is lost, each is signed, retried, given up at last, on each kind of database."""

import json
import threading
from datetime import datetime, timedelta
from ipaddress import ip_address

import pytest
from sqlalchemy import select
from standardwebhooks import Webhook as Verifier

from api.hooks.delivering import LEASE, Deliverer
from api.hooks.sending import Post
from api.hooks.signing import new_secret
from api.hooks.targets import Targets, hosts_of
from api.store.deliveries import DELAYS, MOST_AT_ONCE, claim_delivery, send_again
from api.store.ends import queue_message
from api.store.keys import tenant_named
from api.store.queue import claim, expire, finish
from api.store.tables import Delivery, Webhook
from api.store.webhooks import Wished, add_webhook, change_webhook, rotate
from api.words import EventType, State
from tests.api.hooks.receivers import Receiver
from tests.api.jobs.service import MINE, NOON, Service
from tests.builders import a_week

ALL = tuple(one for one in EventType if one is not EventType.TEST)
LEAST = timedelta(microseconds=1)


def a_webhook(service: Service, url: str, events: tuple[EventType, ...] = ALL) -> str:
    with service.store.writing() as session:
        return add_webhook(session, MINE, Wished(url, events), new_secret(), service.clock()).id


def deliverer(service: Service, receiver: Receiver) -> Deliverer:
    """Who delivers, without chance."""
    return Deliverer(service.store, Targets(hosts_of(receiver.host)), Post(5), service.clock, lambda: 0)


def a_stopped_job(service: Service) -> str:
    id_ = service.plan(a_week())
    service.stop(id_)
    return id_


def messages(service: Service) -> list[Delivery]:
    with service.store.reading() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.created_at, Delivery.id)))


def the_webhook(service: Service) -> Webhook:
    with service.store.reading() as session:
        return session.scalars(select(Webhook)).one()


# ------------------------------------------------------------ what is told


def test_the_end_of_a_job_is_told_without_content(service: Service, receiver: Receiver) -> None:
    a_webhook(service, receiver.url)
    job = a_stopped_job(service)
    assert deliverer(service, receiver).turn()
    ((_, headers, content),) = receiver.came
    assert json.loads(content) == {
        "type": "job.stopped",
        "timestamp": NOON.isoformat(),
        "data": {"job_id": job, "state": "stopped"},
    }
    (message,) = messages(service)
    assert (message.state, message.status_code, message.id) == ("delivered", 204, headers["webhook-id"])
    assert not deliverer(service, receiver).turn()


def test_every_end_is_told_and_only_to_who_wishes_it(service: Service, receiver: Receiver) -> None:
    a_webhook(service, receiver.url, (EventType.SUCCEEDED, EventType.EXPIRED))
    service.plan(a_week())
    with service.store.writing() as session:
        claimed = claim(session, "one", 1, 1, NOON, LEASE)
        assert claimed is not None
        finish(session, claimed.hold, State.SUCCEEDED, "optimal", NOON)
    a_stopped_job(service)
    service.plan(a_week())
    with service.store.writing() as session:
        assert expire(session, NOON + LEAST, NOON + LEAST) == 1
    told = [json.loads(one.payload) for one in messages(service)]
    assert [(one["type"], one["data"].get("status")) for one in told] == [
        ("job.succeeded", "optimal"),
        ("job.expired", None),
    ]


def test_an_end_that_is_not_written_is_not_told(service: Service, receiver: Receiver) -> None:
    a_webhook(service, receiver.url)
    service.plan(a_week())
    with pytest.raises(ZeroDivisionError), service.store.writing() as session:
        claimed = claim(session, "one", 1, 1, NOON, LEASE)
        assert claimed is not None
        finish(session, claimed.hold, State.SUCCEEDED, "optimal", NOON)
        raise ZeroDivisionError
    assert messages(service) == []


def test_another_tenant_is_told_nothing(service: Service, receiver: Receiver) -> None:
    with service.store.writing() as session:
        theirs = tenant_named(session, "theirs", NOON).id
        add_webhook(session, theirs, Wished(receiver.url, ALL), new_secret(), NOON)
    a_stopped_job(service)
    assert messages(service) == []


# ------------------------------------------------------------ signatures


def signed_by(service: Service, secret: str, headers: dict[str, str], content: str) -> bool:
    expected = Verifier(secret).sign(headers["webhook-id"], service.clock(), content)
    return expected in headers["webhook-signature"].split(" ")


def test_a_message_is_signed_and_by_both_secrets_for_a_day(service: Service, receiver: Receiver) -> None:
    with service.store.writing() as session:
        add_webhook(session, MINE, Wished(receiver.url, ALL), first := new_secret(), NOON)
    with service.store.writing() as session:
        rotate(session.scalars(select(Webhook)).one(), second := new_secret(), NOON)
    for after, secrets in ((timedelta(hours=24) - LEAST, (first, second)), (LEAST, (second,))):
        service.clock.wait(after)
        a_stopped_job(service)
        assert deliverer(service, receiver).turn()
        _, headers, content = receiver.came[-1]
        assert headers["webhook-timestamp"] == str(int(service.clock().timestamp()))
        assert len(headers["webhook-signature"].split(" ")) == len(secrets)
        assert all(signed_by(service, one, headers, content) for one in secrets)


# ------------------------------------------------------------ retries


def test_what_fails_is_sent_again_ever_later_then_given_up(service: Service, receiver: Receiver) -> None:
    receiver.status = 500
    a_webhook(service, receiver.url)
    a_stopped_job(service)
    sender = deliverer(service, receiver)
    for delay in DELAYS:
        assert sender.turn() and not sender.turn()
        service.clock.wait(delay - LEAST)
        assert not sender.turn()
        service.clock.wait(LEAST)
    assert sender.turn()
    (message,) = messages(service)
    assert (message.state, message.attempts, message.status_code) == ("given_up", len(DELAYS) + 1, 500)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.came}) == 1
    # in three days nothing got through: nobody is there
    assert (the_webhook(service).is_enabled, the_webhook(service).disabled_reason) == (False, "failing")
    a_stopped_job(service)
    assert len(messages(service)) == 1


def test_a_webhook_that_received_meanwhile_stays(service: Service, receiver: Receiver) -> None:
    a_webhook(service, receiver.url)
    a_stopped_job(service)
    with service.store.writing() as session:
        session.scalars(select(Delivery)).one().failures = len(DELAYS)
    service.clock.wait(timedelta(seconds=1))
    with service.store.writing() as session:
        session.scalars(select(Webhook)).one().last_delivered_at = service.clock()
    receiver.status = 500
    assert deliverer(service, receiver).turn()
    assert (messages(service)[0].state, the_webhook(service).is_enabled) == ("given_up", True)


def test_a_receiver_that_is_gone_hears_no_more(service: Service, receiver: Receiver) -> None:
    a_webhook(service, receiver.url)
    for _ in range(2):
        a_stopped_job(service)
    receiver.status = 410
    sender = deliverer(service, receiver)
    assert sender.turn() and not sender.turn()
    assert the_webhook(service).disabled_reason == "gone"
    assert sorted((one.state, one.error) for one in messages(service)) == [
        ("given_up", "not_accepted"),
        ("given_up", "webhook_disabled"),
    ]


def test_a_delay_is_longer_by_chance(service: Service, receiver: Receiver) -> None:
    receiver.status = 500
    a_webhook(service, receiver.url)
    a_stopped_job(service)
    named = Targets(hosts_of(receiver.host))
    assert Deliverer(service.store, named, Post(5), service.clock, lambda: 0.5).turn()
    assert messages(service)[0].due_at == NOON + 1.1 * DELAYS[0]


def test_a_name_that_leads_inside_by_now_is_not_followed(service: Service, receiver: Receiver) -> None:
    url = f"https://example.org:{receiver.port}/"
    a_webhook(service, url)
    a_stopped_job(service)
    rebound = Targets(resolve=lambda _host, _port: (ip_address("127.0.0.1"),))
    assert Deliverer(service.store, rebound, Post(5), service.clock, lambda: 0).turn()
    (message,) = messages(service)
    assert (message.state, message.error) == ("pending", "webhook_target_private")
    assert receiver.came == []


# ------------------------------------------------------------ leases


def claimed_id(service: Service, now: datetime) -> str | None:
    with service.store.writing() as session:
        sending = claim_delivery(session, now, LEASE)
    return sending.id if sending else None


def test_a_message_is_one_senders_until_its_lease_ends(service: Service, receiver: Receiver) -> None:
    a_webhook(service, receiver.url)
    a_stopped_job(service)
    first = claimed_id(service, NOON)  # and killed
    assert first is not None and claimed_id(service, NOON + LEASE) is None
    service.clock.wait(LEASE + LEAST)
    assert deliverer(service, receiver).turn()
    (message,) = messages(service)
    assert (message.id, message.state, message.attempts) == (first, "delivered", 2)


def test_a_receiver_hears_one_message_at_a_time(service: Service, receiver: Receiver) -> None:
    a_webhook(service, receiver.url)
    for _ in range(2):
        a_stopped_job(service)
    assert claimed_id(service, NOON) is not None
    assert claimed_id(service, NOON) is None
    a_webhook(service, receiver.url)
    a_stopped_job(service)
    assert claimed_id(service, NOON) is not None


def test_who_lost_a_lease_writes_nothing(service: Service, receiver: Receiver) -> None:
    a_webhook(service, receiver.url)
    a_stopped_job(service)

    def slow(*_: object) -> object:
        service.clock.wait(LEASE + LEAST)
        assert deliverer(service, receiver).turn()
        receiver.status = 500
        return Post(5)(*_)  # type: ignore[arg-type]

    named = Targets(hosts_of(receiver.host))
    assert Deliverer(service.store, named, slow, service.clock, lambda: 0).turn()  # type: ignore[arg-type]
    (message,) = messages(service)
    assert (message.state, message.status_code, len(receiver.came)) == ("delivered", 204, 2)


# ------------------------------------------------------------ turns


def messages_of(service: Service, receiver: Receiver, tenant: str, webhooks: int) -> list[str]:
    """A message to each of some new webhooks of a tenant."""
    with service.store.writing() as session:
        id_ = tenant_named(session, tenant, NOON).id
        made = [
            add_webhook(session, id_, Wished(receiver.url, ALL), new_secret(), NOON) for _ in range(webhooks)
        ]
        return [queue_message(session, one, EventType.TEST, {}, service.clock()).id for one in made]


def test_a_tenant_has_few_messages_on_their_way(service: Service, receiver: Receiver) -> None:
    mine = messages_of(service, receiver, MINE, MOST_AT_ONCE + 1)
    assert {claimed_id(service, NOON) for _ in range(MOST_AT_ONCE)} < set(mine)
    assert claimed_id(service, NOON) is None
    (theirs,) = messages_of(service, receiver, "theirs", 1)
    assert claimed_id(service, NOON) == theirs
    assert claimed_id(service, NOON + LEASE + LEAST) is not None  # the others are lost


def test_who_has_fewer_on_their_way_comes_first(service: Service, receiver: Receiver) -> None:
    mine = messages_of(service, receiver, MINE, 2)
    service.clock.wait(timedelta(seconds=1))
    theirs = messages_of(service, receiver, "theirs", 1)
    first, second, third = (claimed_id(service, service.clock()) for _ in range(3))
    assert ({first, third}, second) == (set(mine), theirs[0])


def test_senders_that_claim_at_once_keep_to_it(service: Service, receiver: Receiver) -> None:
    mine = messages_of(service, receiver, MINE, 8)
    found: list[str | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(claimed_id(service, NOON))) for _ in range(len(mine))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while one := claimed_id(service, NOON):  # senders that met on one tenant may have left others
        found.append(one)
    assert len({one for one in found if one}) == MOST_AT_ONCE


# ------------------------------------------------------------ by hand


def test_what_was_given_up_may_be_sent_again(service: Service, receiver: Receiver) -> None:
    webhook = a_webhook(service, receiver.url)
    a_stopped_job(service)
    receiver.status = 410
    assert deliverer(service, receiver).turn()
    receiver.status = 204
    with service.store.writing() as session:
        kept = session.get_one(Webhook, webhook)
        change_webhook(session, kept, Wished(receiver.url, ALL), NOON)
        (message,) = session.scalars(select(Delivery))
        assert send_again(message, NOON) and not send_again(message, NOON)
    assert deliverer(service, receiver).turn()
    assert (messages(service)[0].state, the_webhook(service).disabled_reason) == ("delivered", None)


def test_what_is_disabled_by_hand_gives_up_what_was_on_its_way(service: Service, receiver: Receiver) -> None:
    webhook = a_webhook(service, receiver.url)
    a_stopped_job(service)
    with service.store.writing() as session:
        change_webhook(session, session.get_one(Webhook, webhook), Wished(receiver.url, ALL, False), NOON)
    assert not deliverer(service, receiver).turn()
    assert [(one.state, one.error) for one in messages(service)] == [("given_up", "webhook_disabled")]
    assert the_webhook(service).disabled_reason is None
