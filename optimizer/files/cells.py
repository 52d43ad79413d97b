"""Converters of French cells: text in, the value of a `Week` field out, else `WrongValue`."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from optimizer.errors import WrongValue
from optimizer.files.sheets import folded, listed, nearest, quoted
from optimizer.week import Weekday
from optimizer.words import Aptitude, PairNeed, PlaceKind, Profession, RoomKind, ServiceKind, Urgency

Converter = Callable[[str], object]

DAY_NAMES = dict(zip(("lundi", "mardi", "mercredi", "jeudi", "vendredi"), Weekday, strict=True))
URGENCY_NAMES = {"urgent": Urgency.URGENT, "prioritaire": Urgency.PRIORITY, "ordinaire": Urgency.ORDINARY}
BOOLEAN_NAMES = {"oui": True, "non": False, "vrai": True, "faux": False, "1": True, "0": False}
PAIR_NAMES = {
    "non": PairNeed.NO,
    "facultatif": PairNeed.OPTIONAL,
    "obligatoire": PairNeed.REQUIRED,
    "equipe": PairNeed.TEAM,
}
PLACE_NAMES = {
    "site": PlaceKind.SITE,
    "domicile": PlaceKind.HOME,
    "contrat": PlaceKind.CONTRACT,
    "neutre": PlaceKind.NEUTRAL,
    "bureau": PlaceKind.OFFICE,
    "exterieur": PlaceKind.OUTSIDE,
    "indifferent": PlaceKind.ANY,
}
ROOM_NAMES = {"entretien": RoomKind.INTERVIEW, "groupe": RoomKind.GROUP}
ROOM_OR_NONE_NAMES = ROOM_NAMES | {"aucune": RoomKind.NONE}

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})(?:[:hH](\d{2})?(?::(\d{2}))?)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,12})?", re.ASCII)


def text(cell: str) -> str:
    """The cell itself."""
    return cell


def one_of(names: Mapping[str, object]) -> Converter:
    """One word of a closed list."""

    def convert(cell: str) -> object:
        if (name := folded(cell)) in names:
            return names[name]
        raise WrongValue(quoted(cell), f"un mot parmi {listed(names)}{nearest(cell, names)}")

    return convert


weekday = one_of(DAY_NAMES)
urgency = one_of(URGENCY_NAMES)
boolean = one_of(BOOLEAN_NAMES)
pair_need = one_of(PAIR_NAMES)
place_kind = one_of(PLACE_NAMES)
room_kind = one_of(ROOM_NAMES)
room_or_none = one_of(ROOM_OR_NONE_NAMES)
service_kind = one_of({folded(kind): kind for kind in ServiceKind})
owner = one_of({folded(kind): kind for kind in ServiceKind} | {"tous": None, "*": None})


def profession(cell: str) -> Profession:
    """A diploma or a status; a grade is refused with the reason."""
    if "socio" in folded(cell):
        raise WrongValue(
            f"{quoted(cell)}, qui est un grade et non un métier",
            "le diplôme : AS, CESF ou ES (ces métiers partagent le grade sans être interchangeables ; "
            "le grade va dans la colonne « grade »)",
        )
    if (code := folded(cell).upper()) in Profession.__members__:
        return Profession(code)
    raise WrongValue(quoted(cell), f"un métier parmi {listed(Profession)}{nearest(cell, Profession)}")


def professions(cell: str) -> tuple[Profession, ...]:
    """`CESF+AS`: one person of each."""
    return tuple(profession(part) for part in cell.split("+"))


def team(cell: str) -> dict[str, object]:
    """`2` is a number of people, `AS+CESF` one person of each profession."""
    if cell.isdecimal():
        return {"people": whole(cell)}
    return {"professions": professions(cell)}


def aptitude(cell: str) -> Aptitude:
    """A cell of the matrix."""
    if cell.upper() in tuple(Aptitude):
        return Aptitude(cell.upper())
    raise WrongValue(quoted(cell), "C (cœur de métier), P (possible) ou X (jamais)")


def names(cell: str) -> tuple[str, ...]:
    """`A|B`: several ids."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def weekdays(cell: str) -> tuple[object, ...]:
    """`lundi|jeudi`: several days."""
    return tuple(weekday(name) for name in names(cell))


def number(cell: str) -> float:
    """A number, with a comma or a point."""
    if not _NUMBER.fullmatch(cell):
        raise WrongValue(quoted(cell), "un nombre")
    return float(cell.replace(",", "."))


def whole(cell: str) -> int:
    """A whole number, `2` as well as `2,0`."""
    if not _NUMBER.fullmatch(cell) or not number(cell).is_integer():
        raise WrongValue(quoted(cell), "un nombre entier")
    return int(number(cell))


def percent(cell: str) -> int:
    """`80`, `80 %` and `0,8` all mean 80 percent; without a sign, up to 1 it is a fraction."""
    digits = cell.removesuffix("%").strip()
    if not _NUMBER.fullmatch(digits):
        raise WrongValue(quoted(cell), "un pourcentage : 80, 80 % ou 0,8")
    value = number(digits)
    share = value if cell.endswith("%") or value > 1 else 100 * value
    if not 0 <= share <= 100:
        raise WrongValue(quoted(cell), "un pourcentage de 0 à 100 : 80, 80 % ou 0,8")
    return math.floor(share + 0.5)


def quotite(cell: str) -> int:
    """A share of full time; `1` is a full time."""
    if (share := percent(cell)) < 2:
        raise WrongValue(quoted(cell), "une quotité de 2 à 100 % : 80, 80 % ou 0,8")
    return share


def day(cell: str) -> date:
    """A day, `jj/mm/aaaa`."""
    if not (match := _DAY.fullmatch(cell)):
        raise WrongValue(quoted(cell), "une date jj/mm/aaaa")
    parts = [int(part) for part in match.groups() if part is not None]
    year, month, number_of_day = reversed(parts) if match[1] else parts
    try:
        return date(year, month, number_of_day)
    except ValueError:
        raise WrongValue(quoted(cell), "une date qui existe, jj/mm/aaaa") from None


def clock(cell: str) -> time:
    """An hour, `08:30` or `8h30`."""
    if not (match := _CLOCK.fullmatch(cell)):
        raise WrongValue(quoted(cell), "une heure hh:mm")
    try:
        return time(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        raise WrongValue(quoted(cell), "une heure qui existe, hh:mm") from None


def instant(cell: str) -> datetime:
    """A day and an hour, `jj/mm/aaaa hh:mm`."""
    parts = cell.replace("T", " ").split()
    if len(parts) != 2:
        raise WrongValue(quoted(cell), "une date et une heure, jj/mm/aaaa hh:mm")
    return datetime.combine(day(parts[0]), clock(parts[1]))


def first_instant(cell: str) -> datetime:
    """The beginning of an absence; a day without an hour begins at midnight."""
    return instant(cell) if " " in cell else datetime.combine(day(cell), time())


def last_instant(cell: str) -> datetime:
    """The end of an absence; a day without an hour is included whole."""
    if " " in cell:
        return instant(cell)
    last = day(cell)
    if last == date.max:
        raise WrongValue(quoted(cell), "une date jj/mm/aaaa")
    return datetime.combine(last + timedelta(days=1), time())


def hours(cell: str) -> tuple[tuple[time, time], ...]:
    """Hours of one day, `08:30-12:30 13:30-17:30`."""
    ranges = sorted(_hours_of(part, cell) for part in _spaced(cell).split())
    for before, after in pairwise(ranges):
        if after[0] < before[1]:
            raise WrongValue(quoted(cell), "des heures qui ne se chevauchent pas")
    return tuple(ranges)


def _spaced(cell: str) -> str:
    return re.sub(r"\s*[-–—]\s*", "-", re.sub(r"[,;/]|\bet\b", " ", cell))


def _hours_of(part: str, cell: str) -> tuple[time, time]:
    ends = part.split("-")
    if len(ends) != 2 or not all(_CLOCK.fullmatch(end) for end in ends):
        raise WrongValue(quoted(cell), "des heures comme 08:30-12:30 13:30-17:30 (vide : fermé ou absent)")
    start, end = (clock(end) for end in ends)
    if end <= start:
        raise WrongValue(quoted(cell), "des heures qui finissent après avoir commencé")
    if any(moment.minute % 5 for moment in (start, end)):
        raise WrongValue(quoted(cell), "des heures dont les minutes sont un multiple de 5")
    return start, end


def place(cell: str) -> dict[str, object]:
    """A site, or `domicile:ZONE`."""
    kind, colon, zone = cell.partition(":")
    if folded(kind) != "domicile":
        return {"site_id": cell}
    if not colon or not zone.strip():
        raise WrongValue(quoted(cell), "domicile:ZONE, par exemple domicile:Z4")
    return {"home_zone": zone.strip()}
