"""The département's own table: who is which agent, what a motif is, where a place is.

RDV-Solidarités knows neither professions nor part-times nor skills: they are the week's, under these ids.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from api.rdv.entities import LARGEST_ID
from api.wrong_fields import WrongFields, refuse_unless_one
from optimizer.errors import Problem, UnusableInput, WrongValue
from optimizer.files.sheets import nearest, quoted
from optimizer.files.small_json import object_in, read_as
from optimizer.frozen import Frozen
from optimizer.values import Identifier
from optimizer.week import Week

A_TABLE = '{ "agents": [{ "professional_id": "AS-1", "agent_id": 12 }], "motifs": … }'
"""What a table looks like."""
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


def _address(text: str) -> str:
    """An address that may be one; what it is otherwise is not repeated."""
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", text) or len(text) > 320:
        raise WrongValue("ce qui n'est pas une adresse de courriel", "nom@domaine.fr")
    return text.casefold()


class AgentRow(Frozen):
    """Who an agent is, told by id or by e-mail; the e-mail is compared, and kept nowhere else."""

    professional_id: Identifier
    agent_id: Id | None = None
    email: Annotated[str, AfterValidator(_address)] | None = Field(default=None, repr=False)

    @model_validator(mode="after")
    def is_told_in_one_way(self) -> "AgentRow":
        """An id or an e-mail."""
        refuse_unless_one(agent_id=self.agent_id, email=self.email)
        return self


class MotifRow(Frozen):
    """The mission type that a motif is."""

    motif_id: Id
    type: Identifier


class LieuRow(Frozen):
    """The site that a place is; with a room, its appointments take that room."""

    lieu_id: Id
    site_id: Identifier
    room_id: Identifier | None = None


class RdvTable(Frozen):
    """The whole table; without `organisation_ids`, every organisation that one may read."""

    organisation_ids: tuple[Id, ...] = ()
    agents: tuple[AgentRow, ...] = Field(min_length=1)
    motifs: tuple[MotifRow, ...] = ()
    lieux: tuple[LieuRow, ...] = ()

    @model_validator(mode="after")
    def each_is_told_once(self) -> "RdvTable":
        """An agent is one person, a motif one type, a place one site."""
        told: dict[str, list[int | str | None]] = {
            "agents": [row.agent_id or row.email for row in self.agents],
            "motifs": [row.motif_id for row in self.motifs],
            "lieux": [row.lieu_id for row in self.lieux],
        }
        for name, keys in told.items():
            if twice := [place for place, key in enumerate(keys, 1) if keys.index(key) < place - 1]:
                raise WrongFields(
                    f"{name} : la ligne {twice[0]} en répète une autre",
                    "une ligne pour chacun",
                    f"{name}: row {twice[0]} repeats another one",
                )
        return self


def read_table(path: Path, week: Week) -> RdvTable:
    """The table of a `.json` file, for a week.

    Raises
    ------
    UnusableInput
        With every problem: the file and the pointer, the value found and what was expected.
    """
    table = read_as(RdvTable, object_in(path, A_TABLE), path.name, strict=True)
    refuse_unknown(table, week, f"{path.name}, ")
    return table


def refuse_unknown(table: RdvTable, week: Week, where: str) -> None:
    """Refuse a table that names what the week does not know; `where` begins the place of each problem.

    Raises
    ------
    UnusableInput
    """
    problems = [Problem(where + one.where, one.found, one.expected) for one in _unknown(table, week)]
    if problems:
        raise UnusableInput(problems)


def _unknown(table: RdvTable, week: Week) -> Iterator[Problem]:
    for n, agent in enumerate(table.agents):
        if agent.professional_id not in week.professional:
            near = nearest(agent.professional_id, week.professional)
            expected = f"un professionnel de la semaine{near}"
            yield Problem(f"/agents/{n}/professional_id", quoted(agent.professional_id), expected)
    for n, motif in enumerate(table.motifs):
        if motif.type not in week.types:
            expected = f"un type de mission qui existe{nearest(motif.type, week.types)}"
            yield Problem(f"/motifs/{n}/type", quoted(motif.type), expected)
    for n, lieu in enumerate(table.lieux):
        site = week.site.get(lieu.site_id)
        if site is None:
            expected = f"un site de la semaine{nearest(lieu.site_id, week.site)}"
            yield Problem(f"/lieux/{n}/site_id", quoted(lieu.site_id), expected)
        elif lieu.room_id and lieu.room_id not in {room.id for room in site.rooms}:
            yield Problem(f"/lieux/{n}/room_id", quoted(lieu.room_id), f"une salle du site {site.id}")
