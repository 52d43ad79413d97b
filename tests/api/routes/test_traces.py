"""Spans of requests, and what is never in them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.app import make_app
from api.settings import Settings
from api.store.database import Store
from api.tracing import wished_tracer
from tests.api.client import Client
from tests.api.jobs.service import Clock

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@contextmanager
def asking(store: Store, clock: Clock, spans: InMemorySpanExporter) -> Iterator[Client]:
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(spans))
    app = make_app(store, Settings(cores=2), clock, provider.get_tracer("tests"))
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Client(http, store, clock).as_other()


def told(span: ReadableSpan) -> tuple[str, dict[str, object], bool]:
    return span.name, dict(span.attributes or {}), span.status.is_ok or span.status.is_unset


def test_a_span_says_what_was_asked_and_how_it_ended(
    store: Store, clock: Clock, spans: InMemorySpanExporter
) -> None:
    with asking(store, clock, spans) as client:
        client.get("/v1/jobs/job_SECRET?wait=0", {"traceparent": f"00-{TRACE}-{PARENT}-01"})
        client.get("/nothing")
    asked, nothing = spans.get_finished_spans()
    assert told(asked) == (
        "readJob",
        {"http.request.method": "GET", "http.response.status_code": 404},
        True,
    )
    assert asked.parent is not None
    assert (f"{asked.context.trace_id:032x}", f"{asked.parent.span_id:016x}") == (TRACE, PARENT)
    assert told(nothing)[0] == "none"
    assert "SECRET" not in asked.to_json() and "wait" not in asked.to_json()


def test_a_defect_is_told_without_its_words(
    store: Store, clock: Clock, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("SECRET")

    monkeypatch.setattr("api.routes.weeks.weeks_kept", broken)
    with asking(store, clock, spans) as client:
        assert client.get("/v1/weeks").status_code == 500
    (span,) = spans.get_finished_spans()
    assert told(span) == (
        "listWeeks",
        {"http.request.method": "GET", "http.response.status_code": 500},
        False,
    )
    assert span.events == () and "SECRET" not in span.to_json()


def test_the_frameworks_own_telemetry_tells_nothing(
    store: Store, clock: Clock, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(spans))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    with TestClient(make_app(store, Settings(cores=2), clock)) as http:
        http.get("/healthz")
    assert spans.get_finished_spans() == ()


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "OTEL_SDK_DISABLED": "true"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "OTEL_TRACES_EXPORTER": "none"},
    ],
)
def test_nobody_is_told_unless_the_environment_says_whom(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wished_tracer() is None
