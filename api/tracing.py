"""Spans of requests for OpenTelemetry: which operation, how it ended, how long it took; never for whom.

Off unless the extra `otel` is installed and the usual environment (`OTEL_…`) says where spans go. The own
telemetry of FastAPI stays off: it would tell whole addresses, queries, and what exceptions say.
"""

import os

import structlog
from fastapi.telemetry import TelemetryConfig
from opentelemetry.trace import SpanKind, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = structlog.get_logger(__name__)
NAME = "polyvalence"
OURS_ALONE: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
FAILED = 500


def wished_tracer() -> Tracer | None:
    """What makes spans and sends them where the environment says; None where nobody asks for them."""
    if not _is_asked():
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        LOGGER.warning("traces_without_extra", install="polyvalence[otel]")
        return None
    named = Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME") or NAME})
    provider = TracerProvider(resource=named)
    try:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    except ValueError:
        LOGGER.warning("traces_with_bad_environment")
        return None
    return provider.get_tracer(NAME)


def _is_asked() -> bool:
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "").lower()
    return exporter == "otlp" or (not exporter and any(os.environ.get(name) for name in ENDPOINTS))


class Traced:
    """Makes a span of each request, under that of who asks, if they say so."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self.app, self._tracer = app, tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = FAILED

        async def heard(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        context = TraceContextTextMapPropagator().extract(Headers(scope=scope))
        with self._tracer.start_as_current_span(
            "request", context, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                await self.app(scope, receive, heard)
            finally:
                span.update_name(getattr(scope.get("route"), "operation_id", None) or "none")
                span.set_attribute("http.request.method", scope["method"])
                span.set_attribute("http.response.status_code", status)
                if status >= FAILED:
                    span.set_status(StatusCode.ERROR)
