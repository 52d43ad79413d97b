"""Figures for Prometheus: how long requests take, how many jobs are where; nothing of whom or what."""

from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, Histogram, generate_latest

from api.words import State

MEDIA_TYPE = CONTENT_TYPE_LATEST
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)
NO_OPERATION = "none"


class Measures:
    """The figures of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "polyvalence_request_seconds",
            "Seconds of a request, by operation and status",
            ["operation", "status"],
            registry=self._registry,
            buckets=BUCKETS,
        )

    def observe(self, operation: str | None, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(operation or NO_OPERATION, str(status)).observe(seconds)

    def text(self, jobs: Mapping[str, int]) -> bytes:
        """All of them, with the jobs of each state as they are now, which are told to who asks alone."""
        theirs = CollectorRegistry()
        gauge = Gauge("polyvalence_jobs", "Jobs by state", ["state"], registry=theirs)
        for state in State:
            gauge.labels(state.value).set(jobs.get(state.value, 0))
        return generate_latest(self._registry) + generate_latest(theirs)
