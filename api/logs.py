"""Logs in lines of JSON on standard error: routes, never addresses; names of what is kept, never content."""

import logging
import sys
from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.measures import Measures

LOGGER = structlog.get_logger(__name__)


def set_up_logs() -> None:
    """Have every line say when, in UTC; libraries speak from warnings on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


class AccessLog:
    """Writes a line for each request, and measures it: what was asked for, not by whom nor with what."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self.app, self._measures = app, measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and say how it ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = perf_counter(), 500

        async def heard(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, heard)
        finally:
            operation = getattr(scope.get("route"), "operation_id", None)
            seconds = perf_counter() - started
            self._measures.observe(operation, status, seconds)
            LOGGER.info("request", operation=operation, status=status, milliseconds=round(1000 * seconds, 1))
