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
