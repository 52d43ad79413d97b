"""Jobs in the queue: one runner at a time, and none is lost."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from api.store.database import Store
from api.store.events import events_of
from api.store.jobs import Asked, job_kept, jobs_by_state, purge, result_of, submit, wish_to_stop
from api.store.queue import (
    MOST_FAILURES,
    Claimed,
    Hold,
    HoldLost,
    add_result,
    beat,
    claim,
    expire,
    fail,
    finish,
    lose,
    reclaim,
    release,
    tell_progress,
)
from api.store.tables import Job, Result, Tenant
from api.words import Kind, State

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
LEASE = timedelta(seconds=30)
LATE = NOON + LEASE + timedelta(microseconds=1)


@pytest.fixture
def store(store: Store) -> Store:
    with store.writing() as session:
        session.add_all(Tenant(id=one, name=one, created_at=NOON) for one in ("mine", "theirs"))
    return store


def submitted(store: Store, workers: int = 1, minutes: int = 0, tenant: str = "mine") -> str:
    with store.writing() as session:
        asked = Asked(Kind.PLAN, "{}", None, workers)
        return submit(session, tenant, asked, NOON + timedelta(minutes=minutes)).id


def claimed(
    store: Store, owner: str = "one", cores: int = 2, free: int = 2, now: datetime = NOON
) -> Claimed | None:
    with store.writing() as session:
        return claim(session, owner, cores, free, now, LEASE)


def held(store: Store, owner: str = "one") -> Hold:
    found = claimed(store, owner)
    assert found is not None
    return found.hold


def job(store: Store, id_: str) -> Job:
    with store.reading() as session:
        found = job_kept(session, "mine", id_)
    assert found is not None
    return found


def states(store: Store, id_: str) -> list[str]:
    with store.reading() as session:
        return [json.loads(one.data)["state"] for one in events_of(session, id_, 0, 100)]


# ------------------------------------------------------------ claiming


def test_the_one_who_waits_longest_comes_first(store: Store) -> None:
    second, first = submitted(store, minutes=1), submitted(store)
    assert [held(store).job_id, held(store).job_id] == [first, second]
    assert claimed(store) is None


def test_a_job_is_claimed_by_one_of_many_runners(store: Store) -> None:
    ids = {submitted(store, minutes=minute) for minute in range(4)}
    found: list[str] = []

    def run(owner: str) -> None:
        while one := claimed(store, owner):
            found.append(one.hold.job_id)

    threads = [threading.Thread(target=run, args=(f"runner {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while one := claimed(store):  # runners that met on one row may have left others
        found.append(one.hold.job_id)
    assert sorted(found) == sorted(ids)


def test_a_job_waits_for_its_cores_and_is_not_passed(store: Store) -> None:
    large, small = submitted(store, workers=2), submitted(store, minutes=1)
    assert claimed(store, free=1) is None
    assert held(store).job_id == large
    assert held(store).job_id == small


def test_a_job_larger_than_a_runner_is_left_to_another(store: Store) -> None:
    large, small = submitted(store, workers=4), submitted(store, minutes=1)
    assert held(store).job_id == small
    found = claimed(store, cores=4, free=4)
    assert found is not None and found.hold.job_id == large


# ------------------------------------------------------------ turns


def taken(store: Store, seconds: int, free: int = 2) -> str | None:
    found = claimed(store, free=free, now=NOON + timedelta(seconds=seconds))
    return found and found.hold.job_id


def test_tenants_take_turns_whoever_came_first(store: Store) -> None:
    mine = [submitted(store, minutes=minute) for minute in range(4)]
    theirs = [submitted(store, minutes=9 + minute, tenant="theirs") for minute in range(2)]
    order = [taken(store, second) for second in range(7)]
    assert order == [mine[0], theirs[0], mine[1], theirs[1], mine[2], mine[3], None]


def test_who_was_served_longest_ago_comes_first(store: Store) -> None:
    submitted(store), submitted(store, tenant="theirs", minutes=1)
    assert None not in (taken(store, 0), taken(store, 1))
    late, early = submitted(store, minutes=3), submitted(store, tenant="theirs", minutes=2)
    assert [taken(store, 2), taken(store, 3)] == [late, early]


def test_a_tenant_whose_turn_it_is_waits_for_its_cores_and_is_not_passed(store: Store) -> None:
    submitted(store, tenant="theirs")
    assert taken(store, 0) is not None
    large = submitted(store, workers=2, minutes=1)
    small, theirs = submitted(store, minutes=2), submitted(store, tenant="theirs")
    assert taken(store, 1, free=1) is None
    assert [taken(store, 2), taken(store, 3), taken(store, 4)] == [large, theirs, small]


def test_jobs_are_counted_for_their_tenant_alone(store: Store) -> None:
    submitted(store, tenant="theirs")
    held(store)
    submitted(store)
    with store.reading() as session:
        assert jobs_by_state(session, "mine") == {State.QUEUED: 1}
        assert jobs_by_state(session, "theirs") == {State.RUNNING: 1}


# ------------------------------------------------------------ holding


def test_a_lease_that_is_renewed_holds(store: Store) -> None:
    id_ = submitted(store)
    hold = held(store)
    with store.writing() as session:
        assert beat(session, hold, LATE + LEASE) is False
        assert reclaim(session, "{}", LATE) == 0
    assert job(store, id_).state == State.RUNNING


def test_a_lease_holds_until_its_last_instant(store: Store) -> None:
    id_ = submitted(store)
    held(store)
    with store.writing() as session:
        assert reclaim(session, "{}", NOON + LEASE) == 0
        assert reclaim(session, "{}", LATE) == 1
    assert job(store, id_).state == State.QUEUED


def test_who_lost_a_job_writes_nothing_more(store: Store) -> None:
    id_ = submitted(store)
    old = held(store, "one")
    with store.writing() as session:
        reclaim(session, "{}", LATE)
    new = held(store, "one")
    assert (old.owner, old.attempt, new.attempt) == (new.owner, 1, 2)
    for write in (
        lambda session: beat(session, old, LATE + LEASE),
        lambda session: tell_progress(session, old, "log", {}, LATE),
        lambda session: finish(session, old, State.SUCCEEDED, "optimal", LATE),
        lambda session: fail(session, old, "{}", LATE),
        lambda session: lose(session, old, "{}", LATE),
        lambda session: release(session, old, LATE),
    ):
        with pytest.raises(HoldLost), store.writing() as session:
            write(session)
    found = job(store, id_)
    assert (found.state, found.attempt, found.failures) == (State.RUNNING, 2, 1)


def test_attempts_end_at_the_cap(store: Store) -> None:
    id_ = submitted(store)
    for _ in range(MOST_FAILURES):
        held(store)
        with store.writing() as session:
            assert reclaim(session, '{"code": "runner_lost"}', LATE) == 1
    found = job(store, id_)
    assert (found.state, found.problem, found.ended_at) == (State.FAILED, '{"code": "runner_lost"}', LATE)
    assert claimed(store) is None
    assert states(store, id_) == ["queued", *["running", "queued"] * (MOST_FAILURES - 1), "running", "failed"]


def test_a_runner_that_leaves_gives_back_at_no_cost(store: Store) -> None:
    id_ = submitted(store)
    for _ in range(MOST_FAILURES + 1):
        hold = held(store)
        with store.writing() as session:
            release(session, hold, NOON)
    found = job(store, id_)
    assert (found.state, found.failures) == (State.QUEUED, 0)


# ------------------------------------------------------------ ending


def test_the_result_and_the_end_are_one_transaction(store: Store) -> None:
    id_ = submitted(store)
    hold = held(store)
    result = Result(job_id=id_, week_id=None, levels="[]", reasons="[]", answer=None, plan="{}")
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        finish(session, hold, State.SUCCEEDED, "optimal", NOON)
        raise ZeroDivisionError
    assert job(store, id_).state == State.RUNNING
    with store.writing() as session:
        finish(session, hold, State.SUCCEEDED, "optimal", NOON)
        add_result(session, result)
    with store.reading() as session:
        kept = result_of(session, id_)
    assert kept is not None and kept.plan == "{}"
    assert (job(store, id_).state, job(store, id_).status) == (State.SUCCEEDED, "optimal")


def test_stopping_a_job_that_waits_ends_it(store: Store) -> None:
    id_ = submitted(store)
    stop(store, id_)
    assert job(store, id_).state == State.STOPPED
    assert claimed(store) is None


def test_stopping_a_job_that_runs_is_a_wish_that_its_runner_hears(store: Store) -> None:
    id_ = submitted(store)
    hold = held(store)
    stop(store, id_)
    assert job(store, id_).state == State.RUNNING
    with store.writing() as session:
        assert beat(session, hold, LATE) is True


@pytest.mark.parametrize("way", [release, lambda session, hold, now: lose(session, hold, "{}", now)])
def test_a_job_that_is_to_stop_is_not_tried_again(store: Store, way: object) -> None:
    id_ = submitted(store)
    hold = held(store)
    stop(store, id_)
    with store.writing() as session:
        way(session, hold, NOON)  # type: ignore[operator]
    assert job(store, id_).state == State.STOPPED


def test_a_job_that_ended_stays_as_it_is(store: Store) -> None:
    id_ = submitted(store)
    hold = held(store)
    with store.writing() as session:
        finish(session, hold, State.SUCCEEDED, "optimal", NOON)
    before = job(store, id_).revision
    stop(store, id_)
    assert (job(store, id_).state, job(store, id_).revision) == (State.SUCCEEDED, before)


def test_nobody_came_for_a_job_in_time(store: Store) -> None:
    old, new, taken = submitted(store), submitted(store, minutes=2), submitted(store, minutes=-1)
    assert held(store).job_id == taken
    with store.writing() as session:
        assert expire(session, NOON + timedelta(minutes=1), LATE) == 1
    assert [job(store, one).state for one in (old, new, taken)] == ["expired", "queued", "running"]


def test_a_job_is_purged_once_it_ended(store: Store) -> None:
    id_ = submitted(store)
    with store.writing() as session:
        assert not purge(session, session.merge(job(store, id_)))
    stop(store, id_)
    with store.writing() as session:
        assert purge(session, session.merge(job(store, id_)))
    with store.reading() as session:
        assert job_kept(session, "mine", id_) is None
        assert events_of(session, id_, 0, 10) == []


def stop(store: Store, id_: str) -> None:
    with store.writing() as session:
        found = job_kept(session, "mine", id_, is_locked=True)
        assert found is not None
        wish_to_stop(session, found, NOON)
