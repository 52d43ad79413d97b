"""Buckets of tokens."""

from datetime import timedelta

import pytest
from fastapi import Request

from api.limits import MOST_BUCKETS, AtOnce, Buckets, address_of
from api.problems import Refused
from tests.api.jobs.service import NOON


def test_a_budget_is_spent_then_comes_back_with_time() -> None:
    buckets = Buckets("reads", 3)
    taken = [buckets.take("me", NOON) for _ in range(4)]
    assert [(quota.left, wait) for quota, wait in taken] == [(2, 0), (1, 0), (0, 0), (0, 20)]
    # three a minute: one every twenty seconds
    assert buckets.take("me", NOON + timedelta(seconds=19))[1] == 1
    assert buckets.take("me", NOON + timedelta(seconds=20))[1] == 0
    assert [buckets.take("me", NOON + timedelta(hours=1))[0].left] == [2]


def test_budgets_are_each_ones_own() -> None:
    buckets = Buckets("reads", 1)
    assert [buckets.take(who, NOON)[1] for who in ("me", "you", "me")] == [0, 0, 60]


def test_a_clock_that_goes_back_gives_nothing() -> None:
    buckets = Buckets("reads", 1)
    buckets.take("me", NOON)
    assert buckets.take("me", NOON - timedelta(hours=1))[1] == 60


def test_looking_takes_nothing() -> None:
    buckets = Buckets("failures", 1)
    assert [buckets.wait("me", NOON) for _ in range(2)] == [0, 0]
    buckets.take("me", NOON)
    assert buckets.wait("me", NOON) == 60


def test_headers_are_those_of_the_draft() -> None:
    quota, _ = Buckets("writes", 600).take("me", NOON)
    assert quota.headers == {
        "RateLimit-Policy": '"writes";q=600;w=60',
        "RateLimit": '"writes";r=599;t=1',
    }


def test_memory_is_bounded() -> None:
    buckets = Buckets("failures", 1)
    for number in range(MOST_BUCKETS + 10):
        buckets.take(str(number), NOON)
    assert len(buckets._buckets) <= MOST_BUCKETS
    assert buckets.wait(str(MOST_BUCKETS + 9), NOON) == 60


def test_an_address_of_ipv6_counts_as_its_network() -> None:
    def told(host: str) -> str:
        return address_of(Request({"type": "http", "client": (host, 1)}))

    assert told("192.0.2.7") == "192.0.2.7"
    assert told("2001:db8::1") == told("2001:db8::2") == "2001:db8::/64"
    assert told("testclient") == "testclient"


def test_a_tenant_has_so_many_questions_at_once_and_no_more() -> None:
    at_once = AtOnce(2)
    with at_once.one_of("a"), at_once.one_of("a"):
        with pytest.raises(Refused, match="busy"), at_once.one_of("a"):
            pass
        with at_once.one_of("b"):
            pass
    with at_once.one_of("a"):
        pass
