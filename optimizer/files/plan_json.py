"""A plan as JSON, in the wire names: the planner's whole plan, or what an audience may read of it."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from optimizer.clock import to_wire
from optimizer.errors import Problem, UnusableInput, WrongValue
from optimizer.files.building import pointer_of
from optimizer.files.json_text import parsed
from optimizer.files.json_week import quotable
from optimizer.files.pending import Pending
from optimizer.files.views import Entry, EntryKind, View
from optimizer.plan import Plan
from optimizer.sentences import REASONS

Json = dict[str, object]
MARKING = "confidentiality"

FRENCH = {
    "missing": ("absent", "ce champ"),
    "extra_forbidden": ("champ inconnu", "seulement les champs d'un plan (docs/formats-sorties.md)"),
    "string_pattern_mismatch": ("une autre version", '"1"'),
    "finite_number": ("nombre infini ou indéfini", "un nombre fini"),
}


def plan_json(view: View) -> bytes:
    """The document of a view: keys always in one order, instants with their offset, no NaN."""
    document = _whole(view) if view.audience.is_whole else _of_audience(view)
    try:
        text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    except (ValueError, TypeError):
        found = "un indicateur qui n'est pas une valeur JSON finie"
        raise UnusableInput([Problem("/indicators", found, "des nombres finis et des textes")]) from None
    return (text + "\n").encode()


def read_plan(path: Path | str) -> Plan:
    """The plan of a JSON file; refuses NaN, repeated and unknown fields, and the sheet of an audience."""
    return plan_of(_loaded(Path(path)), str(path))


def plan_of(document: object, label: str) -> Plan:
    """The plan of a JSON document that was read already; `label` names it in problems."""
    if not isinstance(document, dict):
        raise _refusal(label, "", f"{_kind(document)}", "un plan, c'est-à-dire un objet JSON")
    if "audience" in document:
        found = f"la feuille de {document['audience']!r}, qui ne contient pas tout le plan"
        raise _refusal(label, "/audience", found, "le plan entier, écrit sans --for")
    whole = {name: value for name, value in document.items() if name != MARKING}
    try:
        return Plan.model_validate(whole)
    except ValidationError as error:
        raise UnusableInput(list(_problems(label, error))) from None


def _whole(view: View) -> Json:
    document: Json = view.plan.model_dump(mode="json")
    document["indicators"] = _sorted(view.plan.indicators)
    first = {"schema_version": document.pop("schema_version"), MARKING: view.audience.marking}
    return first | document


def _sorted(value: object) -> object:
    """The same value with the keys of every object in order."""
    if isinstance(value, dict):
        return {str(key): _sorted(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [_sorted(item) for item in value]
    return value


def _of_audience(view: View) -> Json:
    return {
        "schema_version": view.plan.schema_version,
        MARKING: view.audience.marking,
        "audience": view.audience.name,
        "status": view.plan.status.value,
        "levels": [{"name": level.name, "gap": level.gap} for level in view.plan.levels],
        "assignments": [
            _assignment(entry) for entry in view.entries if entry.kind is not EntryKind.RESERVATION
        ],
        "reservations": [
            _reservation(entry) for entry in view.entries if entry.kind is EntryKind.RESERVATION
        ],
        "referents": [row.model_dump() for row in view.referents],
        "late": [_pending(row) for row in view.late],
        "queue": [_pending(row) for row in view.queue],
        "unserved": [_pending(row) for row in view.unserved],
        "loads": [
            {
                "professional_id": load.professional_id,
                "week": load.week + 1,
                "paid_minutes": load.paid,
                "planned_minutes": load.planned,
                "minutes": load.minutes,
                "dossiers": load.dossiers,
                "attributed": load.attributed,
            }
            for load in view.loads
        ],
    }


def _assignment(entry: Entry) -> Json:
    return {
        "mission_id": entry.item_id or entry.reference or None,
        **({"case_id": entry.case_id} if entry.case_id else {}),
        "type": entry.code,
        "label": entry.label,
        "professional_ids": list(entry.professional_ids),
        "site_id": entry.site_id,
        "room_id": entry.room_id,
        "place": entry.place,
        "start": to_wire(entry.start),
        "end": to_wire(entry.end),
    }


def _reservation(entry: Entry) -> Json:
    return {
        "kind": entry.code,
        "professional_ids": list(entry.professional_ids),
        "site_id": entry.site_id,
        "start": to_wire(entry.start),
        "end": to_wire(entry.end),
    }


def _pending(row: Pending) -> Json:
    return {
        "mission_id": row.item_id or row.reference,
        "type": row.code,
        "label": row.label,
        "site_id": row.site_id,
        "due": row.due.isoformat(),
        "date": row.date.isoformat(),
        "days_late": row.days_late,
        "reason": row.reason.value if row.reason else None,
        "sentence": REASONS[row.reason].french if row.reason else None,
    }


def _loaded(path: Path) -> object:
    try:
        document, slips = parsed(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _refusal(str(path), "", "un texte qui n'est pas en UTF-8", "du JSON en UTF-8") from None
    except json.JSONDecodeError as error:
        found = f"JSON illisible ligne {error.lineno}, colonne {error.colno}"
        raise _refusal(str(path), "", found, "un plan écrit par polyvalence") from None
    except (RecursionError, ValueError, OSError) as error:
        raise _refusal(str(path), "", _unreadable(error), "un fichier de plan (.json)") from None
    if slips:
        raise UnusableInput(
            [Problem(_where(str(path), pointer_of(slip.loc)), slip.found, slip.expected) for slip in slips]
        )
    return document


def _unreadable(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "fichier introuvable"
    if isinstance(error, IsADirectoryError):
        return "c'est un dossier"
    if isinstance(error, RecursionError):
        return "trop de niveaux imbriqués"
    return "fichier illisible"


def _problems(label: str, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        yield Problem(_where(label, pointer_of(detail["loc"])), *_sentence(detail))


def _sentence(detail: ErrorDetails) -> tuple[str, str]:
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, WrongValue):
        return cause.found, cause.expected
    otherwise = _short(detail["input"]), _expected(detail["type"], detail["msg"])
    return FRENCH.get(detail["type"], otherwise)


def _expected(kind: str, message: str) -> str:
    families = {
        "enum": "une des valeurs prévues : " + message.removeprefix("Input should be ").replace(" or ", ", "),
        "literal_error": "une des valeurs prévues",
        "string_type": "un texte",
        "tuple_type": "une liste",
        "list_type": "une liste",
        "dict_type": "un objet",
        "model_type": "un objet",
        "bool_type": "true ou false",
        "bool_parsing": "true ou false",
        "string_too_long": "un texte plus court",
    }
    if kind.startswith(("datetime", "timezone")):
        return "un instant, comme 2027-01-11T09:00:00+01:00"
    if kind.startswith("date"):
        return "une date, comme 2027-01-11"
    if kind.startswith(("int", "float")):
        return "un nombre"
    return families.get(kind, message)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _kind(value: object) -> str:
    return "une liste" if isinstance(value, list) else "une valeur seule"


def _refusal(label: str, pointer: str, found: str, expected: str) -> UnusableInput:
    return UnusableInput([Problem(_where(label, pointer), found, expected)])


def _where(label: str, pointer: str) -> str:
    return f"{label}#{quotable(pointer)}" if pointer else label
