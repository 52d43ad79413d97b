"""What RDV-Solidarités tells by webhook: signature checked, persons dropped before anything is kept."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.problems import Code, Fault, Refused
from api.rdv.entities import Absence, Agent, Lieu, Moment, Motif, PlageOuverture, Rdv, Reference
from api.rdv.received import Parsed, Received
from api.store.rdv import Told
from optimizer.clock import PARIS
from optimizer.files.building import pointer_of

SIGNATURE = "X-Lapin-Signature"
MODELS = {model.__name__: model for model in (Agent, Motif, Lieu, Rdv, Absence, PlageOuverture)}
"""What is kept; users, their profiles and whatever else it may tell are not even parsed."""
Model = TypeVar("Model", bound=BaseModel)
EARLY = timedelta(hours=1)
"""How far its clock may be ahead: what it says of later would silence all that comes before."""


class Event(StrEnum):
    """What happened to a thing."""

    CREATED = "created"
    UPDATED = "updated"
    DESTROYED = "destroyed"


class Meta(BaseModel):
    """What a webhook is about."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)
    model: str = Field(max_length=64)
    event: Event
    timestamp: Moment


class RdvWebhook(BaseModel):
    """A webhook, as RDV-Solidarités sends it; of `data` only what the product names is read."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)
    data: dict[str, object]
    meta: Meta


def is_signed(content: bytes, secret: str, signature: str) -> bool:
    """Whether a body bears the signature that this secret makes of it."""
    expected = hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.strip().lower().encode())


def told_by(document: dict[str, object], now: datetime, memory: timedelta) -> Told | None:
    """What a webhook tells; nothing when it is of no use, or older than what is remembered.

    Raises
    ------
    Refused
        It is no webhook, or what it tells cannot be read: the fields are named, what they hold is not told.
    """
    webhook = _parsed(RdvWebhook, document, "")
    model, at = MODELS.get(webhook.meta.model), webhook.meta.timestamp
    if at > now + EARLY:
        raise _refused("/meta/timestamp")
    if model is None or at < now - memory:
        return None
    if webhook.meta.event is Event.DESTROYED:
        return Told(webhook.meta.model, _parsed(Reference, webhook.data, "/data").id, at)
    item = _parsed(model, webhook.data, "/data")
    until = None if item.until is None else item.until.replace(tzinfo=PARIS)
    return Told(webhook.meta.model, item.id, at, until, item.model_dump_json())


def received_of(contents: Callable[[str], Iterable[str]]) -> Received:
    """What was told and is kept; `contents` gives the documents of a model."""
    parsed = Parsed()

    def rows(model: type[Reference]) -> Iterator[object]:
        return map(json.loads, contents(model.__name__))

    return Received(
        agents=parsed.all_of(Agent, rows(Agent)),
        motifs=parsed.all_of(Motif, rows(Motif)),
        lieux=parsed.all_of(Lieu, rows(Lieu)),
        rdvs=parsed.all_of(Rdv, rows(Rdv)),
        absences=parsed.all_of(Absence, rows(Absence)),
        plages=parsed.all_of(PlageOuverture, rows(PlageOuverture)),
        unread=tuple(parsed.unread),
    )


def _parsed(model: type[Model], raw: object, where: str) -> Model:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        places = [one["loc"] for one in error.errors(include_url=False, include_input=False)]
    raise _refused(*(where + pointer_of(place[:2]) for place in places))


def _refused(*pointers: str) -> Refused:
    said = "absent, ou d'une forme inattendue", "missing, or of an unexpected form"
    faults = [Fault(pointer=one, detail=said[0], english=said[1]) for one in dict.fromkeys(pointers)]
    return Refused(Code.INVALID_REQUEST, faults=tuple(faults))
