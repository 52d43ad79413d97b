"""A week as one JSON document, whose fields are those of `Week`."""

import json
from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.building import built, pointer_of
from optimizer.files.draft import Loc, Raw
from optimizer.files.json_text import parsed
from optimizer.files.raw import bytes_of, refused
from optimizer.files.sentences import shown
from optimizer.files.sheets import MAX_ROWS, quoted
from optimizer.week import Week

MAX_DEPTH = 50
MAX_VALUES = 3_000_000


class JsonOrigin:
    """Places of a JSON document: the file and the pointer."""

    def __init__(self, label: str) -> None:
        self.label = label

    def where(self, loc: Loc) -> str:
        """The file and the pointer; the file alone for the whole document."""
        return f"{self.label}, {quotable(pointer_of(loc))}" if loc else self.label

    def found(self, _loc: Loc, value: object) -> str:
        """The value itself."""
        return quoted(value)

    def name(self, loc: Loc) -> str:
        """The field itself."""
        return str(loc[-1])


def quotable(pointer: str) -> str:
    """A pointer as messages show it: printable and short."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in pointer[:200])


def read_json_week(path: Path) -> Week:
    """The week of a JSON file."""
    return week_of_json(bytes_of(path), path.name)


def week_of_json(content: bytes, label: str) -> Week:
    """The week of a JSON document; raises `UnusableInput` with every problem."""
    return week_of(document_of(content, label), label)


def week_of(raw: Raw, label: str) -> Week:
    """The week of a JSON object that was read already; raises `UnusableInput` with every problem."""
    text = json.dumps(raw)
    return built(lambda: Week.model_validate_json(text, strict=True), raw, JsonOrigin(label), [], set())


A_WEEK = '{ "horizon": …, "professionals": … }'
"""What the object of a week looks like."""


def document_of(content: bytes, label: str, looks_like: str = A_WEEK) -> Raw:
    """The object of a JSON text: no field twice, finite numbers, few levels; `looks_like` shows one to who
    gives something else."""
    try:
        document, slips = parsed(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise refused(label, "un texte qui n'est pas en UTF-8", "un document JSON en UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"{label}, ligne {error.lineno}, caractère {error.colno}"
        raise refused(
            where, "un texte qui n'est pas du JSON", "un document JSON entier et bien formé"
        ) from None
    except RecursionError:
        raise refused(label, "des listes trop imbriquées", f"au plus {MAX_DEPTH} niveaux") from None
    except ValueError:
        raise refused(label, "un nombre démesuré", "des nombres raisonnables") from None
    if slips:
        places = JsonOrigin(label)
        raise UnusableInput([Problem(places.where(slip.loc), slip.found, slip.expected) for slip in slips])
    if not isinstance(document, dict):
        raise refused(label, _root(document), f"un objet : {looks_like}")
    if _depth(document, label) > MAX_DEPTH:
        raise refused(label, "des listes trop imbriquées", f"au plus {MAX_DEPTH} niveaux")
    for name, rows in document.items():
        if isinstance(rows, list) and len(rows) > MAX_ROWS:
            raise refused(
                f"{label}, {quotable(pointer_of((name,)))}", f"{len(rows)} éléments", f"au plus {MAX_ROWS}"
            )
    return document


def _root(document: object) -> str:
    return "une liste" if isinstance(document, list) else f"la valeur {quoted(shown(document))}"


def _depth(document: object, label: str) -> int:
    depth, level, values = 0, [document], 1
    while level and depth <= MAX_DEPTH:
        depth += 1
        inner = [value for value in level if isinstance(value, (dict, list))]
        level = [child for value in inner for child in (value.values() if isinstance(value, dict) else value)]
        values += len(level)
        if values > MAX_VALUES:
            raise refused(label, "un document démesuré", f"au plus {MAX_VALUES} valeurs")
    return depth
