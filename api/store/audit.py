"""Who did what, to which id, when: never what was in it."""

from datetime import datetime

from sqlalchemy.orm import Session

from api.ids import new_id
from api.store.tables import Audit


def note(
    session: Session,
    tenant_id: str,
    key_id: str | None,
    action: str,
    object_id: str | None,
    now: datetime,
) -> None:
    """Add a line, in the transaction of what is done."""
    line = Audit(
        id=new_id("audit"), at=now, tenant_id=tenant_id, key_id=key_id, action=action, object_id=object_id
    )
    session.add(line)
