"""Weeks that are kept: the same content of one tenant is one week, and no content ever changes."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from api.ids import new_id
from api.store.pages import page_of
from api.store.tables import StoredWeek
from optimizer.files.week_json import week_json
from optimizer.hashes import hash_of_week
from optimizer.week import Week


def keep_week(
    session: Session, tenant_id: str, week: Week, now: datetime, parent_id: str | None = None
) -> tuple[StoredWeek, bool]:
    """The week as it is kept, and whether it is new; one that had no parent is given its own now."""
    content_hash = hash_of_week(week)
    known = select(StoredWeek).where(
        StoredWeek.tenant_id == tenant_id, StoredWeek.content_hash == content_hash
    )
    if found := session.scalar(known):
        _remember_parent(session, found, parent_id)
        return found, False
    kept = StoredWeek(
        id=new_id("week"),
        tenant_id=tenant_id,
        content_hash=content_hash,
        parent_id=parent_id,
        created_at=now,
        content=week_json(week).decode(),
    )
    try:
        with session.begin_nested():
            session.add(kept)
    except IntegrityError:  # somebody else kept it at this very moment
        found = session.scalars(known).one()
        _remember_parent(session, found, parent_id)
        return found, False
    return kept, True


def _remember_parent(session: Session, week: StoredWeek, parent_id: str | None) -> None:
    """Say of what a week was made that was kept before, unless the two are of one family already."""
    if parent_id is None or week.parent_id is not None:
        return
    if parent_id not in related(session, week.tenant_id, week.id):
        week.parent_id = parent_id
        session.flush()


def related(session: Session, tenant_id: str, week_id: str) -> set[str]:
    """A week with those that events made it of, and those that they made of these."""
    made = select(StoredWeek.id, StoredWeek.parent_id).where(
        StoredWeek.tenant_id == tenant_id, StoredWeek.parent_id.is_not(None)
    )
    pairs = [{child, parent} for child, parent in session.execute(made) if parent is not None]
    found, size = {week_id}, 0
    while len(found) > size:
        size = len(found)
        found = found.union(*(pair for pair in pairs if pair & found))
    return found


def week_kept(session: Session, tenant_id: str, id_: str) -> StoredWeek | None:
    """The week of that name, with its content; None when this tenant has none."""
    named = select(StoredWeek).where(StoredWeek.tenant_id == tenant_id, StoredWeek.id == id_)
    return session.scalar(named.options(undefer(StoredWeek.content)))


def week_of(kept: StoredWeek) -> Week:
    """The week itself."""
    return Week.model_validate_json(kept.content)


def weeks_kept(
    session: Session, tenant_id: str, limit: int, cursor: str | None = None
) -> tuple[list[StoredWeek], str | None]:
    """A page of weeks without their content, the newest first, and the cursor of the next."""
    rows = select(StoredWeek).where(StoredWeek.tenant_id == tenant_id)
    return page_of(session, rows, (StoredWeek.created_at, StoredWeek.id), limit, cursor)
