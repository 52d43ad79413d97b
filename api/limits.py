"""How often one may ask: buckets of tokens that fill up again with time, in the memory of this process.

Several servers of one database each count on their own: together they allow as many times as much.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from math import ceil

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Code, Refused

SECONDS = 60
MOST_BUCKETS = 10_000
MOST_AT_ONCE = 8
SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Quota:
    """What is left of a budget: how much, and in how many seconds it is whole again."""

    name: str
    limit: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """As the draft of the IETF on RateLimit header fields writes it."""
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.limit};w={SECONDS}',
            "RateLimit": f'"{self.name}";r={self.left};t={self.seconds}',
        }


class Buckets:
    """One budget a minute for each who asks."""

    def __init__(self, name: str, limit: int) -> None:
        self._name, self._limit, self._rate = name, limit, limit / SECONDS
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, who: str, now: datetime) -> tuple[Quota, int]:
        """Take a token, if there is one; what is left, and for how many seconds there is none (0: taken)."""
        with self._lock:
            tokens = self._tokens(who, now.timestamp())
            is_taken = tokens >= 1
            tokens -= is_taken
            self._buckets[who] = tokens, now.timestamp()
            self._forget(now.timestamp())
        quota = Quota(self._name, self._limit, int(tokens), ceil((self._limit - tokens) / self._rate))
        return quota, 0 if is_taken else ceil((1 - tokens) / self._rate)

    def wait(self, who: str, now: datetime) -> int:
        """For how many seconds there is no token; none is taken."""
        with self._lock:
            tokens = self._tokens(who, now.timestamp())
        return max(0, ceil((1 - tokens) / self._rate))

    def _tokens(self, who: str, now: float) -> float:
        tokens, at = self._buckets.get(who, (float(self._limit), now))
        return min(self._limit, tokens + self._rate * max(0.0, now - at))

    def _forget(self, now: float) -> None:
        """Keep no more buckets than there is room for: full ones go first, then the oldest."""
        if len(self._buckets) <= MOST_BUCKETS:
            return
        kept = {who: one for who, one in self._buckets.items() if self._tokens(who, now) < self._limit}
        self._buckets = dict(list(kept.items())[-MOST_BUCKETS // 2 :])


class Budgets:
    """What each key may ask in a minute: reads apart from all that changes or computes something."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = Buckets("reads", reads), Buckets("writes", writes)

    def spend(self, request: Request, who: str, now: datetime) -> None:
        """Count a request, and have its answer say what is left.

        Raises
        ------
        Refused
            Nothing is left.
        """
        buckets = self._reads if request.method in SAFE else self._writes
        quota, wait = buckets.take(who, now)
        request.state.quota = quota
        if wait:
            raise Refused(Code.RATE_LIMITED, retry_after=wait)


class AtOnce:
    """How many questions of each tenant are computed at once: more would leave no thread to the others."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most, self._asked = most, Counter[str]()
        self._lock = threading.Lock()

    @contextmanager
    def one_of(self, tenant_id: str) -> Iterator[None]:
        """While a question is computed.

        Raises
        ------
        Refused
            Too many are already.
        """
        with self._lock:
            if self._asked[tenant_id] >= self._most:
                raise Refused(Code.BUSY, retry_after=1)
            self._asked[tenant_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._asked[tenant_id] -= 1


class QuotaHeaders:
    """Has answers say what is left of a budget."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def told(message: Message) -> None:
            quota: Quota | None = scope.get("state", {}).get("quota")
            if message["type"] == "http.response.start" and quota is not None:
                MutableHeaders(scope=message).update(quota.headers)
            await send(message)

        await self.app(scope, receive, told if scope["type"] == "http" else send)


def address_of(request: Request) -> str:
    """Where a request comes from; in IPv6, the network of whom it comes from."""
    text = request.client.host if request.client else ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return text if address.version == 4 else str(ip_network((int(address) >> 64 << 64, 64)))
