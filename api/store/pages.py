"""Lists by pages, the newest first: a cursor says after which row a page begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute


class BadCursor(ValueError):
    """A cursor that no page gave."""


def cursor_after(created_at: datetime, id_: str) -> str:
    """The cursor of the page that begins after a row."""
    return urlsafe_b64encode(f"{created_at.isoformat()} {id_}".encode()).decode().rstrip("=")


def is_after(
    cursor: str,
    created_at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    id_: InstrumentedAttribute[str],
) -> ColumnElement[bool]:
    """What the rows of that page fulfil.

    Raises
    ------
    BadCursor
    """
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _, last = text.partition(" ")
        written = datetime.fromisoformat(moment)
        instant = written.astimezone(UTC)
    except (Error, ValueError, OverflowError):
        raise BadCursor(cursor) from None
    if written.tzinfo is None:
        raise BadCursor(cursor)
    return or_(created_at < instant, and_(created_at == instant, id_ < last))
