"""The closed vocabularies of the field: professions, kinds of service, aptitudes, urgency classes.

Sources: the glossary and sections 2 to 4 of the field's facts (docs/rules.md).
"""

from enum import StrEnum


class Profession(StrEnum):
    """A diploma or a status that decides what someone may do. The grade is never one (proposition 5)."""

    AS = "AS"
    CESF = "CESF"
    ES = "ES"
    PUER = "PUER"
    MED_PMI = "MED_PMI"
    CT = "CT"
    SECR = "SECR"
    PSY = "PSY"
    EJE = "EJE"


class ServiceKind(StrEnum):
    """The services that the propositions keep apart."""

    SECTEUR = "SECTEUR"
    CONTRAT = "CONTRAT"
    EVALUATION = "EVALUATION"
    PMI = "PMI"
    ASE = "ASE"


APART_FROM_SECTOR = (ServiceKind.CONTRAT, ServiceKind.EVALUATION)
"""Whose people and places are never the sector team's (propositions 1 and 2)."""


class Aptitude(StrEnum):
    """A cell of the matrix of professions and mission types."""

    CORE = "C"
    POSSIBLE = "P"
    NEVER = "X"


class Urgency(StrEnum):
    """The class of a mission; it moves its date, never the right to be received (proposition 4)."""

    URGENT = "urgent"
    PRIORITY = "priority"
    ORDINARY = "ordinary"


class PairNeed(StrEnum):
    """Whether a mission type takes two professionals at once."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"
    TEAM = "team"


class PlaceKind(StrEnum):
    """Where a mission type is held when the file does not say."""

    SITE = "site"
    HOME = "home"
    CONTRACT = "contract"
    NEUTRAL = "neutral"
    OFFICE = "office"
    OUTSIDE = "outside"
    ANY = "any"


class RoomKind(StrEnum):
    """What a mission held at a site occupies."""

    INTERVIEW = "entretien"
    GROUP = "groupe"
    NONE = "none"


class HalfDayName(StrEnum):
    """One of the two halves of a working day, either side of the midday break."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
