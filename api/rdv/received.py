"""What was received of RDV-Solidarités, and what of it could not be read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from api.rdv.entities import LARGEST_ID, Absence, Agent, Lieu, Motif, PlageOuverture, Rdv, Reference

Model = TypeVar("Model", bound=Reference)


@dataclass(frozen=True)
class Received:
    """What is known of RDV-Solidarités; `unread` names what could not be read, by kind, id and field."""

    agents: tuple[Agent, ...] = ()
    motifs: tuple[Motif, ...] = ()
    lieux: tuple[Lieu, ...] = ()
    rdvs: tuple[Rdv, ...] = ()
    absences: tuple[Absence, ...] = ()
    plages: tuple[PlageOuverture, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass
class Parsed:
    """Parses rows, each once by its id, and remembers those that cannot be read."""

    unread: list[str] = field(default_factory=list)

    def all_of(self, model: type[Model], rows: Iterable[object]) -> tuple[Model, ...]:
        """The rows that can be read."""
        found: dict[int, Model] = {}
        for row in rows:
            try:
                one = model.model_validate(row)
            except ValidationError as error:
                self.unread.append(f"{model.__name__} {_id_of(row)} ({fields_of(error)})")
            else:
                found[one.id] = one
        return tuple(found.values())


def fields_of(error: ValidationError) -> str:
    """The fields that are wrong, by name, never what they hold."""
    places = (
        one["loc"] for one in error.errors(include_url=False, include_context=False, include_input=False)
    )
    return ", ".join(dict.fromkeys(str(loc[0]) if loc else "?" for loc in places))


def _id_of(row: object) -> str:
    id_ = row.get("id") if isinstance(row, dict) else None
    return str(id_) if isinstance(id_, int) and 0 < id_ <= LARGEST_ID else "?"
