"""The catalogue of mission types: the matrix of section 4 of the field's facts, as data.

A département may edit cells and add types; the service, the IP and the contractual flag of a catalogue
type are read-only, and so are the cells that a law locks.
"""

import csv
from functools import cache
from importlib import resources

from pydantic import Field, model_validator

from optimizer.errors import WrongValue
from optimizer.frozen import Frozen
from optimizer.words import Aptitude, PairNeed, PlaceKind, Profession, RoomKind, ServiceKind


class MissionType(Frozen):
    """What a kind of mission is: who may do it, where, with what, for how long (minutes).

    `owner` is the kind of service it belongs to (rule H0), `None` for the few types open to all.
    """

    code: str = Field(min_length=1, max_length=64, pattern=r"^[\w.:@+-]+$")
    label: str
    owner: ServiceKind | None
    ip: bool = False
    contractual: bool = False
    legal_deadline: bool = False
    collective: bool = False
    request: bool = False
    needs_pair: PairNeed = PairNeed.NO
    place: PlaceKind = PlaceKind.SITE
    room: RoomKind = RoomKind.NONE
    telework: bool = False
    splittable: bool = False
    duration_minutes: int = Field(default=60, gt=0, le=7 * 24 * 60, multiple_of=5)
    matrix: dict[Profession, Aptitude]
    locked: frozenset[Profession] = frozenset()

    @model_validator(mode="after")
    def ip_belongs_to_evaluation(self) -> "MissionType":
        """An IP act belongs to EVALUATION, anything contractual to CONTRAT (propositions 1 and 2)."""
        if self.ip and self.owner is not ServiceKind.EVALUATION:
            raise WrongValue(f"type {self.code}, acte d'évaluation IP, au service {self.owner}", "EVALUATION")
        if self.contractual and self.owner is not ServiceKind.CONTRAT:
            raise WrongValue(f"type {self.code}, contractuel, au service {self.owner}", "CONTRAT")
        return self

    def aptitude(self, profession: Profession) -> Aptitude:
        """Core, possible or never; a profession that the matrix does not name is never."""
        return self.matrix.get(profession, Aptitude.NEVER)

    def may_be_done_by(self, profession: Profession) -> bool:
        """Whether the matrix lets a profession do this (proposition 5)."""
        return self.aptitude(profession) is not Aptitude.NEVER


@cache
def catalogue() -> dict[str, MissionType]:
    """The mission types that ship with the product, by code."""
    text = resources.files("instances").joinpath("catalogue.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return {row["code"]: _type_of_row(row) for row in rows}


def _type_of_row(row: dict[str, str]) -> MissionType:
    flags = ("ip", "contractual", "legal_deadline", "collective", "request", "telework", "splittable")
    return MissionType(
        code=row["code"],
        label=row["label"],
        owner=None if row["owner"] == "*" else ServiceKind(row["owner"]),
        needs_pair=PairNeed(row["needs_pair"]),
        place=PlaceKind(row["place"]),
        room=RoomKind(row["room"]),
        duration_minutes=int(row["duration"]),
        matrix={profession: Aptitude(row[profession]) for profession in Profession},
        locked=frozenset(Profession(name) for name in row["locked"].split()),
        **{flag: row[flag] == "1" for flag in flags},
    )
