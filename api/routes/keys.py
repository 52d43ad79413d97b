"""Keys of a tenant: made, listed with their last use, revoked. Who administers manages them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.bodies import body_of
from api.documents import KeyDocument, KeyPage, KeyWithText
from api.examples import A_KEY
from api.given import Admin, Cursor, Limit, Served
from api.keyring import KeyRequest, create, end_key
from api.store.keys import keys_by_page

router = APIRouter(prefix="/keys", tags=["keys"])
KEY = body_of("KeyRequest", KeyRequest, A_KEY)


@router.post("", status_code=201, operation_id="createKey", openapi_extra=KEY.documented)
def create_key(
    caller: Admin, asked: Annotated[KeyRequest, Depends(KEY)], service: Served, response: Response
) -> KeyWithText:
    """Make a key, shown this once; it has no scope that the key which makes it lacks, nor outlives it."""
    key, text = create(service, caller, asked)
    response.headers["Cache-Control"] = "no-store"
    return KeyWithText.made(key, text)


@router.get("", operation_id="listKeys")
def list_keys(caller: Admin, service: Served, limit: Limit = 50, cursor: Cursor = None) -> KeyPage:
    """The keys of the tenant without their secrets, the newest first."""
    with service.store.reading() as session:
        rows, after = keys_by_page(session, caller.tenant_id, limit, cursor)
    return KeyPage(items=tuple(map(KeyDocument.of, rows)), next_cursor=after)


@router.delete("/{key_id}", status_code=204, operation_id="revokeKey")
def revoke_key(key_id: str, caller: Admin, service: Served) -> None:
    """Revoke a key, by its `id` or its `prefix`; it opens nothing from now on."""
    end_key(service, caller, key_id)
