"""Lists by pages, the newest first: a cursor says after which row a page begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

Row = TypeVar("Row")
Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
Name = InstrumentedAttribute[str]


class BadCursor(ValueError):
    """A cursor that no page gave."""


def page_of(
    session: Session, rows: Select[Row], by: tuple[Moment, Name], limit: int, cursor: str | None
) -> tuple[list[Row], str | None]:
    """A page of rows, the newest first, and the cursor of the next.

    Parameters
    ----------
    by
        The columns that order rows: an instant, and the name of those of one instant.

    Raises
    ------
    BadCursor
    """
    at, name = by
    if cursor is not None:
        rows = rows.where(is_after(cursor, at, name))
    found = list(session.scalars(rows.order_by(at.desc(), name.desc()).limit(limit + 1)))
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], cursor_after(getattr(last, at.key), getattr(last, name.key))


def cursor_after(created_at: datetime, id_: str) -> str:
    """The cursor of the page that begins after a row."""
    return urlsafe_b64encode(f"{created_at.isoformat()} {id_}".encode()).decode().rstrip("=")


def is_after(
    cursor: str,
    created_at: Moment,
    id_: Name,
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
