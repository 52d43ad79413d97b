"""Bodies: read by the product's own reader of JSON, away from the loop that serves, and documented."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, ClassVar, Generic, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from api.problems import Code, Fault, Refused, fault_of
from api.wrong_fields import WrongFields
from optimizer.errors import Problem, UnusableInput, WrongValue
from optimizer.files.building import pointer_of
from optimizer.files.draft import Loc
from optimizer.files.json_week import JsonOrigin, document_of
from optimizer.files.sentences import details_of, sentence_of
from optimizer.files.sheets import listed, quoted

Read = TypeVar("Read")
Model = TypeVar("Model", bound=BaseModel)
Document = dict[str, object]
AN_OBJECT = "{ … }"
JSON, MERGE_PATCH = "application/json", "application/merge-patch+json"
MOST_FAULTS = 100


async def content_of(request: Request) -> bytes:
    """The bytes of a body of JSON."""
    return await _content(request, JSON)


async def patch_of(request: Request) -> bytes:
    """The bytes of a merge patch."""
    return await _content(request, MERGE_PATCH)


async def _content(request: Request, expected: str) -> bytes:
    """The bytes of a body; no more of it is read than the limit, however it is sent.

    Raises
    ------
    Refused
        It is compressed, of another media type, or too large.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if "content-encoding" in request.headers or media_type != expected:
        french, english = f"attendu : {expected}, sans compression", f"expected: {expected}, not compressed"
        raise Refused(Code.UNSUPPORTED_MEDIA_TYPE, french, english)
    limit, content = request.app.state.service.settings.body_limit, bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > limit:
            raise Refused(Code.BODY_TOO_LARGE, f"au plus {limit} octets", f"at most {limit} bytes")
    return bytes(content)


@dataclass(frozen=True, eq=False)
class Body(Generic[Read]):
    """What a route reads: how, its schema, and an example."""

    name: str
    read: Callable[[Document], Read]
    schema: TypeAdapter[Read]
    example: Document
    media_type: ClassVar[str] = JSON

    def __call__(self, content: Annotated[bytes, Depends(content_of)]) -> Read:
        """The value of a body."""
        return self.read(object_of(content))

    @property
    def documented(self) -> dict[str, object]:
        """What the contract says of it."""
        schema = {"$ref": f"#/components/schemas/{self.name}"}
        media = {self.media_type: {"schema": schema, "example": self.example}}
        return {"requestBody": {"required": True, "content": media}}


class Patch(Body[Document]):
    """What a route merges into what it has; the whole is then read as strictly as ever."""

    media_type = MERGE_PATCH

    def __init__(self, name: str, example: Document) -> None:
        super().__init__(name, dict, TypeAdapter(Document), example)

    def __call__(self, content: Annotated[bytes, Depends(patch_of)]) -> Document:
        """The patch of a body."""
        return object_of(content)


def body_of(name: str, model: type[Model], example: Document) -> "Body[Model]":
    """The body of a model."""
    adapter = TypeAdapter(model)
    return Body(name, lambda raw: validated(adapter, raw, model), adapter, example)


def validated(
    adapter: TypeAdapter[Read], raw: Document, root: type[BaseModel], is_tagged: bool = False
) -> Read:
    """The value of an object; `root` is its model, which `is_tagged` where it is one of a union.

    Raises
    ------
    Refused
        With every fault, at its place.
    """
    try:
        return adapter.validate_json(json.dumps(raw), strict=True)
    except ValidationError as error:
        details = details_of(error)[:MOST_FAULTS]
        faults = tuple(
            _of_tag(one, raw, adapter, one["loc"][is_tagged:])
            if one["type"].startswith("union_tag")
            else _fault(one, raw, root, one["loc"][is_tagged:])
            for one in details
        )
        raise Refused(Code.INVALID_REQUEST, faults=faults) from None


def object_of(content: bytes) -> Document:
    """The JSON object that a body is.

    Raises
    ------
    Refused
        It is none.
    """
    if not content.strip():
        fault = Fault(
            pointer="", detail=f"corps vide ; attendu : un objet : {AN_OBJECT}", english="empty body"
        )
        raise Refused(Code.UNREADABLE_BODY, faults=(fault,))
    try:
        return document_of(content, "", AN_OBJECT)
    except UnusableInput as error:
        faults = tuple(fault_of(one) for one in error.problems)
        raise Refused(Code.UNREADABLE_BODY, faults=faults) from None


def _fault(detail: ErrorDetails, raw: Document, root: type[BaseModel], loc: Loc) -> Fault:
    placed: ErrorDetails = {**detail, "loc": _place(loc, raw)}
    found, expected = sentence_of(placed, JsonOrigin(""), root)
    said = fault_of(Problem(pointer_of(placed["loc"]), found, expected))
    return said.model_copy(update={"english": english_of(detail)})


def english_of(detail: ErrorDetails) -> str | None:
    """What is wrong in English; None where the product's own words, which are French, say it."""
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, WrongFields):
        return cause.english
    return None if isinstance(cause, WrongValue) else detail["msg"]


def _of_tag(detail: ErrorDetails, raw: Document, adapter: TypeAdapter[Read], loc: Loc) -> Fault:
    """A union of which no member is meant: the field that tells them apart, and what it may be."""
    context = detail.get("ctx", {})
    name = str(context["discriminator"]).strip("'")
    choices = listed(_tags(adapter.json_schema(), name))
    found, english = (
        (quoted(context["tag"]), f"{str(context['tag'])[:64]!r}")
        if "tag" in context
        else (f"champ {quoted(name)} absent", f"missing field {name!r}")
    )
    place = (*_place(loc, raw), name)
    said = fault_of(Problem(pointer_of(place), found, f"une valeur parmi {choices}"))
    return said.model_copy(update={"english": f"{english}; one of {choices}"})


def _tags(schema: object, name: str) -> list[str]:
    """What a field that tells the members of a union apart may be, as a schema says it."""
    if isinstance(schema, dict):
        told = schema.get("discriminator")
        if isinstance(told, dict) and told["propertyName"] == name:
            return list(told["mapping"])
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return next((tags for one in inner if (tags := _tags(one, name))), [])


def _place(loc: Loc, raw: object) -> Loc:
    """The steps of a path that the document has, and the last: names of unions are none of them."""
    kept: list[str | int] = []
    for step in loc:
        is_there = (isinstance(raw, dict) and step in raw) or (
            isinstance(raw, list) and isinstance(step, int) and step < len(raw)
        )
        if is_there or step == loc[-1]:
            kept.append(step)
            raw = raw[step] if is_there else None  # type: ignore[index]
    return tuple(kept)
