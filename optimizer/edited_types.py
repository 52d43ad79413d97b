"""What a département may not do to the catalogue: a type that escapes or imitates what is kept apart."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from optimizer.catalogue import MissionType, catalogue
from optimizer.errors import Problem
from optimizer.words import PlaceKind, RoomKind, ServiceKind

if TYPE_CHECKING:
    from optimizer.week import Week

READ_ONLY = ("owner", "ip", "contractual", "request", "locked")
READ_ONLY_OF_EVALUATIONS = ("needs_pair", "place", "room", "splittable")
"""Without them an evaluation would lose its pair of professions or its meeting at home (H2.3)."""
RESERVED_WORDS = {
    "IP": ServiceKind.EVALUATION,
    "EVALUATION": ServiceKind.EVALUATION,
    "EVAL": ServiceKind.EVALUATION,
    "CRIP": ServiceKind.EVALUATION,
    "PREOCCUPANTE": ServiceKind.EVALUATION,
    "CONTRAT": ServiceKind.CONTRAT,
    "RSA": ServiceKind.CONTRAT,
    "CER": ServiceKind.CONTRAT,
    "ORIENT": ServiceKind.CONTRAT,
    "MASP": ServiceKind.CONTRAT,
}
"""Words of a new type's code, or their plurals, that only a service may use."""
RESERVED_IN_LABELS = {"PREOCCUPANTE", "IP", "CRIP", "CER"}
"""Those of them that its label may not hold either."""
A_CONTRACT = {"RSA", "ENGAGEMENT", "ENGAGEMENTS", "REUSSIR"}
"""Beside "contrat" in a label, the compulsory one."""
STEMS = {"EVALU": "EVALUATION", "CONTRACTU": "CONTRAT"}
"""How words begin that stand for a reserved one."""
INITIALS = tuple(
    re.compile(f"(?<![A-Z])[A-Z](?:{between}[A-Z](?![A-Z]))+") for between in ("[^A-Z ]", "[^A-Z]+")
)
"""Letters one by one: with one sign between them, or with anything."""
LOOK_ALIKES = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ", "ABEZHIKMNOPTYXABESIJKMHOPCTYX")
"""Greek and Cyrillic capitals that read as Latin letters."""
DIGITS = str.maketrans("015", "OIS")
"""Digits that read as letters."""


def edited_types(week: "Week") -> Iterator[Problem]:
    """A département may change a type, not what separates the services nor what the law locks."""
    for n, kind in enumerate(week.mission_types):
        where, known = f"/mission_types/{n}", catalogue().get(kind.code)
        yield from _split_in_a_room(kind, where)
        if known is None:
            yield from _new(kind, where)
        else:
            yield from _changed(kind, known, where)


def _split_in_a_room(kind: MissionType, where: str) -> Iterator[Problem]:
    if kind.splittable and (kind.room is not RoomKind.NONE or kind.place is PlaceKind.HOME):
        found = f"« {kind.code} » fractionnable, dans une salle ou à domicile"
        yield Problem(f"{where}/splittable", found, "non : seul un écrit se fait en plusieurs fois")


def _new(kind: MissionType, where: str) -> Iterator[Problem]:
    if kind.request:
        yield Problem(f"{where}/request", f"nouvelle demande « {kind.code} »", "ACCUEIL et URGENCE seulement")
    bare = _bare(kind.code)
    if twin := next((code for code in catalogue() if _bare(code) == bare), None):
        yield Problem(
            f"{where}/code", f"« {kind.code} », qui se lit comme {twin}", f"{twin}, ou un autre nom"
        )
        return
    if foreign := _foreign(kind.code):
        found = f"« {kind.code} », avec « {foreign} »"
        yield Problem(f"{where}/code", found, "des lettres latines")
        return
    for word in sorted(_read(kind.code) | _read_in_label(kind.label)):
        owner = RESERVED_WORDS.get(word)
        if owner and kind.owner is not owner:
            found = f"« {kind.code} » ({kind.label}) au service {kind.owner or 'tous'}"
            yield Problem(f"{where}/code", found, f"le service {owner}, ou un type sans « {word} »")


def _read(code: str) -> set[str]:
    """The words that a code may be read as: initials joined, digits and a small L as what they look like."""
    texts = {_capitals(code), _capitals(code.replace("l", "I"))}
    texts |= {text.translate(DIGITS) for text in texts}
    texts |= {one.sub(lambda met: "".join(_words(met[0])), text) for one in INITIALS for text in texts}
    found = _singular([word for text in texts for word in _words(text)])
    return found | {whole for stem, whole in STEMS.items() if any(word.startswith(stem) for word in found)}


def _read_in_label(label: str) -> set[str]:
    """The reserved words that a label holds: those that have no other use."""
    found = _read(label)
    is_contract = "CONTRAT" in found and not A_CONTRACT.isdisjoint(found)
    return (RESERVED_IN_LABELS & found) | ({"CONTRAT"} if is_contract else set())


def _foreign(code: str) -> str:
    """The first letter of another alphabet, which no Latin letter looks like."""
    letters = (char for char in _capitals(code) if char.isalpha())
    return next((char for char in letters if not unicodedata.name(char, "").startswith("LATIN")), "")


def _singular(words: Collection[str]) -> set[str]:
    """Words and, of those that end so, what they may be the plural of."""
    return {*words, *(word.removesuffix("S") for word in words)}


def _capitals(code: str) -> str:
    """A code as it reads: capitals without accents, letters of other alphabets as those they look like."""
    bare = unicodedata.normalize("NFKD", code)
    return "".join(char for char in bare if not unicodedata.combining(char)).upper().translate(LOOK_ALIKES)


def _words(capitals: str) -> list[str]:
    return re.findall("[A-Z]+", capitals)


def _bare(code: str) -> str:
    return "".join(_words(_capitals(code).translate(DIGITS)))


def _changed(kind: MissionType, known: MissionType, where: str) -> Iterator[Problem]:
    for field in READ_ONLY + (READ_ONLY_OF_EVALUATIONS if known.ip else ()):
        if getattr(kind, field) != getattr(known, field):
            found = f"« {field} » du type {kind.code} modifié"
            yield Problem(
                f"{where}/{field}", found, f"la valeur du catalogue, {_told(getattr(known, field))}"
            )
    for profession in known.locked:
        if kind.aptitude(profession) is not known.aptitude(profession):
            found = f"{kind.aptitude(profession)} pour {kind.code}"
            expected = f"{known.aptitude(profession)}, fixé par la loi"
            yield Problem(f"{where}/matrix/{profession}", found, expected)


def _told(value: object) -> str:
    if isinstance(value, frozenset):
        return "+".join(sorted(value)) or "aucune"
    return (
        {True: "oui", False: "non", None: "tous"}[value]
        if value is None or isinstance(value, bool)
        else str(value)
    )
