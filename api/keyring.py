"""What is done for those who administer the keys of their tenant: a key gives no more than it has."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError, model_validator

from api.callers import Caller, key_and_text
from api.given import Service
from api.problems import Code, Fault, Refused
from api.store.keys import NewKey, revoke
from api.store.tables import Key
from api.words import Scope
from api.wrong_fields import WrongFields
from optimizer.errors import Problem, UnusableInput
from optimizer.files.json_week import JsonOrigin
from optimizer.files.sentences import details_of, sentence_of
from optimizer.frozen import Frozen
from optimizer.values import Identifier

MOST_DAYS = 3650


def _readable(text: str) -> str:
    """A name that can be read on one line."""
    if not text.isprintable() or text.isspace():
        raise WrongFields(
            "un nom illisible",
            "des caractères qui se voient, sur une ligne",
            "an unreadable name: printable characters, on one line",
        )
    return text


Label = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_readable)]
"""What a key or a tenant is called."""
LABEL: TypeAdapter[str] = TypeAdapter(Label)
AUDIENCE: TypeAdapter[str] = TypeAdapter(Identifier)


class KeyRequest(Frozen):
    """A key: of which tool (never of which person), what it may do, for whom it reads, for how many days."""

    name: Label
    scopes: tuple[Scope, ...] = Field(min_length=1, max_length=20)
    audience: Identifier | None = None
    days: int | None = Field(default=None, ge=1, le=MOST_DAYS)

    @model_validator(mode="after")
    def a_limited_key_only_reads(self) -> "KeyRequest":
        """It sees the plan of a service or a person, and nothing that could be changed."""
        if self.audience is not None and set(self.scopes) != {Scope.READ}:
            raise WrongFields(
                "audience avec d'autres droits",
                "scopes : read, et lui seul",
                "audience with other scopes than read",
            )
        return self


def refuse_unusable(name: str, tenant: str, audience: str | None) -> None:
    """Refuse what a key is told by the command line when it cannot be kept: a limit that is none, say.

    Raises
    ------
    UnusableInput
        With every problem, each at its option.
    """
    told = [("NOM", name, LABEL), ("--tenant", tenant, LABEL), ("--for", audience, AUDIENCE)]
    problems = [one for where, text, read in told if text is not None for one in _problems(where, text, read)]
    if problems:
        raise UnusableInput(problems)


def _problems(where: str, text: str, read: TypeAdapter[str]) -> list[Problem]:
    try:
        read.validate_python(text)
    except ValidationError as error:
        details = details_of(error)
        return [Problem(where, *sentence_of(one, JsonOrigin(where))) for one in details]
    return []


def create(service: Service, caller: Caller, asked: KeyRequest) -> tuple[Key, str]:
    """A new key of this tenant, and its text, which nothing can show again.

    Raises
    ------
    Refused
        It could do more than the key that makes it, or outlive it.
    """
    now = service.now()
    _refuse_more(caller, asked)
    new = NewKey(asked.name, tuple(dict.fromkeys(asked.scopes)), asked.audience, _end(caller, asked, now))
    with service.store.writing() as session:
        key, text = key_and_text(session, caller.tenant_id, new, now)
        service.note(session, caller, "key.created", key.id)
    return key, text


def _refuse_more(caller: Caller, asked: KeyRequest) -> None:
    beyond = [(place, scope) for place, scope in enumerate(asked.scopes) if scope not in caller.scopes]
    if beyond:
        faults = (
            Fault(
                pointer=f"/scopes/{place}",
                detail=f"« {scope} », que votre clé n'a pas",
                english=f"{scope!s}, which your key has not",
            )
            for place, scope in beyond
        )
        raise Refused(Code.FORBIDDEN, faults=tuple(faults))


def _end(caller: Caller, asked: KeyRequest, now: datetime) -> datetime | None:
    """When it expires; without a word, when the key that makes it does."""
    if asked.days is None:
        return caller.expires_at
    end = now + timedelta(days=asked.days)
    if caller.expires_at is not None and end > caller.expires_at:
        fault = Fault(
            pointer="/days",
            detail=f"{asked.days} ; attendu : au plus jusqu'à la fin de votre clé",
            english=f"{asked.days}; at most until your key expires",
        )
        raise Refused(Code.FORBIDDEN, faults=(fault,))
    return end


def end_key(service: Service, caller: Caller, id_: str) -> None:
    """Revoke a key of this tenant, at once.

    Raises
    ------
    Refused
        There is none by that name or prefix.
    """
    with service.store.writing() as session:
        key = revoke(session, id_, service.now(), caller.tenant_id)
        if key is None:
            raise Refused(Code.NOT_FOUND)
        service.note(session, caller, "key.revoked", key.id)
