"""What pydantic refuses, said in French: the value found and what was expected."""

import re
import typing
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from optimizer.errors import WrongValue
from optimizer.files.draft import Loc, Origin
from optimizer.files.sheets import listed, nearest, quoted
from optimizer.week import Week

EXPECTED: Mapping[str, str] = {
    "missing": "ce champ, obligatoire",
    "int_type": "un nombre entier",
    "int_parsing": "un nombre entier",
    "int_parsing_size": "un nombre entier raisonnable",
    "int_from_float": "un nombre entier",
    "float_type": "un nombre",
    "float_parsing": "un nombre",
    "finite_number": "un nombre fini",
    "bool_type": "oui ou non (true ou false)",
    "bool_parsing": "oui ou non (true ou false)",
    "string_type": "un texte",
    "string_unicode": "un texte lisible",
    "string_too_short": "un texte non vide",
    "string_too_long": "au plus {max_length} caractères",
    "string_pattern_mismatch": "un code fait de lettres, de chiffres et de . _ : @ + - (sans espace)",
    "greater_than": "plus de {gt}",
    "greater_than_equal": "au moins {ge}",
    "less_than_equal": "au plus {le}",
    "multiple_of": "un multiple de {multiple_of}",
    "too_short": "au moins {min_length} élément(s)",
    "too_long": "au plus {max_length} élément(s)",
    "tuple_type": "une liste",
    "list_type": "une liste",
    "frozen_set_type": "une liste",
    "json_invalid": "du texte sans caractère impossible",
    "dict_type": "un objet",
    "model_type": "un objet",
    "model_attributes_type": "un objet",
}
_BY_PREFIX = {
    "datetime": "une date et une heure qui existent, aaaa-mm-jjThh:mm (en JSON) ou jj/mm/aaaa hh:mm",
    "timezone": "une date et une heure sans décalage, ou avec un décalage complet",
    "date": "une date qui existe, aaaa-mm-jj (en JSON) ou jj/mm/aaaa",
    "time": "une heure qui existe, hh:mm",
}


def details_of(error: ValidationError) -> list[ErrorDetails]:
    """Every error of a document; a list with an element that is refused is not told to be too short."""
    details = error.errors(include_url=False)
    above = {one["loc"][:size] for one in details for size in range(len(one["loc"]))}
    return [one for one in details if one["type"] != "too_short" or one["loc"] not in above]


def sentence_of(error: ErrorDetails, origin: Origin, root: type[BaseModel] = Week) -> tuple[str, str]:
    """What was found and what was expected, for one error of pydantic in a document of a model."""
    kind, loc, context = error["type"], error["loc"], error.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, WrongValue):
        return cause.found, cause.expected
    if kind == "missing":
        return f"champ {quoted(origin.name(loc))} absent", EXPECTED["missing"]
    if kind == "extra_forbidden":
        fields = fields_at(loc[:-1], root)
        return (
            f"champ inconnu {quoted(loc[-1])}",
            f"un champ parmi {listed(fields, 30)}{nearest(str(loc[-1]), fields)}",
        )
    found = origin.found(loc, shown(error["input"]))
    if loc == ("schema_version",):
        return found, '"1"'
    if kind in ("enum", "literal_error"):
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return found, f"une valeur parmi {listed(choices)}{nearest(str(error['input'])[:64], choices)}"
    return found, _expected(kind, context)


def _expected(kind: str, context: Mapping[str, object]) -> str:
    if kind in EXPECTED:
        return EXPECTED[kind].format_map(dict(context))
    for prefix, expected in _BY_PREFIX.items():
        if kind.startswith(prefix):
            return expected
    return "une valeur de la forme décrite dans docs/formats.md"


def shown(value: object) -> object:
    """A value as the user would name it."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case dict():
            return "un objet"
        case list() | tuple():
            return f"une liste de {len(value)} élément(s)"
    return value


def fields_at(loc: Loc, root: type[BaseModel] = Week) -> list[str]:
    """The fields that an object of a document may have at a place."""
    model: type[BaseModel] | None = root
    for step in loc:
        if isinstance(step, str) and model and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation)
    return list(model.model_fields) if model else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in typing.get_args(annotation))
    return next((model for model in found if model), None)
