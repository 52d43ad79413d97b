"""The words of the contract that more than one part of the service uses."""

from enum import StrEnum


class State(StrEnum):
    """Where a job is; what it found is its result's status, which is another thing."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    STOPPED = "stopped"
    EXPIRED = "expired"


ENDED = frozenset({State.SUCCEEDED, State.FAILED, State.STOPPED, State.EXPIRED})
"""States that nothing leaves."""


class EventType(StrEnum):
    """What a webhook tells of: how a job ended, or that someone tries it."""

    SUCCEEDED = "job.succeeded"
    FAILED = "job.failed"
    STOPPED = "job.stopped"
    EXPIRED = "job.expired"
    TEST = "webhook.test"


class DeliveryState(StrEnum):
    """Where a message to a webhook is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class Disabled(StrEnum):
    """Why the service itself disabled a webhook: its receiver said that it is gone, or never answered."""

    GONE = "gone"
    FAILING = "failing"


class Failure(StrEnum):
    """Why a delivery did not succeed, where no status of HTTP tells it."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    REDIRECTED = "redirected"
    NOT_ACCEPTED = "not_accepted"
    WEBHOOK_DISABLED = "webhook_disabled"


class Scope(StrEnum):
    """What a key may do: read what is kept, submit and stop jobs, publish, manage keys and purge."""

    READ = "read"
    SOLVE = "solve"
    PUBLISH = "publish"
    ADMIN = "admin"


class Kind(StrEnum):
    """What a job does: the door that it goes through."""

    PLAN = "plan"
    REPLAN = "replan"
    EXPLAIN = "explain"
    COMPOSE = "compose"
    COMPARE = "compare"
