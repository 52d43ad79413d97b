"""Words that the sentences of several rules share."""

from collections.abc import Iterable
from datetime import datetime

from optimizer.words import HalfDayName

HALF_DAYS = {HalfDayName.MORNING: "matin", HalfDayName.AFTERNOON: "après-midi"}


def at(instant: datetime) -> str:
    """A day and an hour."""
    return f"le {instant:%d/%m} à {instant:%H:%M}"


def between(start: datetime, end: datetime) -> str:
    """A stretch of one day."""
    return f"le {start:%d/%m} de {start:%H:%M} à {end:%H:%M}"


def people(ids: Iterable[str]) -> str:
    """The people named, or nobody."""
    return ", ".join(ids) or "personne"
