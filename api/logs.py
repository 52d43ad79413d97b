"""Logs in lines of JSON on standard error: routes, never addresses; names of what is kept, never content."""

import logging
import sys
import traceback
from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.measures import Measures

LOGGER = structlog.get_logger(__name__)
MOST_PLACES = 5


def set_up_logs() -> None:
    """Have every line say when, in UTC; libraries speak from warnings on."""
    logging.getLogger("uvicorn.error").addFilter(_tells_no_traceback)
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


def places_of(error: BaseException) -> list[str]:
    """Where in the code an error comes from; nothing of what was in hand."""
    return [
        f"{one.filename}:{one.lineno}" for one in traceback.extract_tb(error.__traceback__)[-MOST_PLACES:]
    ]


def _tells_no_traceback(record: logging.LogRecord) -> bool:
    """A defect has its own line (`api.answers`): a traceback would tell what was in hand."""
    return record.exc_info is None


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
