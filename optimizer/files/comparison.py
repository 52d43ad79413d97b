"""A comparison as a table of figures: CSV, JSON and a page; none of them says which organisation is right."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from optimizer.compare import Comparison, Outcome
from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import writable, write_whole
from optimizer.files.labels import number, percent
from optimizer.plan import Level
from optimizer.sentences import INDICATOR_WORDS, INDICATORS, STATUSES, level_label

NAME = "comparaison"
ASSUMPTIONS = "R_assumptions"
BY_PERSON = "H3.1_training_days_missing"
NOTES = (
    "Simulation sur une semaine et une graine : les écarts n'ont pas d'intervalle ; ce n'est pas une étude.",
    "Chaque colonne est la même semaine sous une organisation ; aucun plan n'en est exporté.",
    "Cette page montre des chiffres ; elle ne dit pas quelle organisation est la bonne.",
)
ONE_SCALE = "Les points ont le même sens dans toutes les colonnes : les poids sont les mêmes."
SCALES = "Les poids diffèrent d'une colonne à l'autre : les points ne s'y comparent pas, les indicateurs oui."
COUNTS = {
    "placed": "Éléments placés (missions, actions, réunions)",
    "queue": "Demandes datées après la période",
    "unserved": "Non placés",
    "referents": "Situations attribuées",
}


@dataclass(frozen=True)
class Row:
    """One figure under each organisation."""

    group: str
    code: str
    label: str
    values: tuple[object, ...]


def write_comparison(comparison: Comparison, folder: Path) -> list[Path]:
    """Write `comparaison.csv`, `.json` and `.html` in a folder, made if it is not there."""
    refuse_unwritable_folder(folder)
    folder.mkdir(exist_ok=True)
    places = files_in(folder)
    forms = (comparison_csv, comparison_json, comparison_html)
    for place, form in zip(places, forms, strict=True):
        write_whole(place, form(comparison))
    return places


def files_in(folder: Path) -> list[Path]:
    """The files that a comparison writes in a folder."""
    return [folder / f"{NAME}{ending}" for ending in (".csv", ".json", ".html")]


def refuse_unwritable_folder(folder: Path) -> None:
    """Refuse a file, a folder in a folder that is not there, and a place where nothing can be written."""
    if folder.exists() and not folder.is_dir():
        raise UnusableInput([Problem(str(folder), "c'est un fichier", "un dossier")])
    writable(folder / NAME if folder.is_dir() else folder)


def rows_of(comparison: Comparison) -> list[Row]:
    """Every figure, in one order: proof, counts, indicators."""
    outcomes = comparison.outcomes
    rows = [Row("Preuve", "status", "Statut", tuple(o.status.value for o in outcomes))]
    for rank, level in enumerate(outcomes[0].levels):
        for field, label in (
            ("value", "valeur"),
            ("bound", "borne"),
            ("gap", "écart"),
            ("absolute_gap", "écart absolu"),
        ):
            values = tuple(_of_level(o.levels[rank], field) for o in outcomes)
            rows.append(Row("Preuve", f"{level.name}.{field}", f"{level_label(level.name)}, {label}", values))
    for code, label in COUNTS.items():
        rows.append(Row("Décompte", code, label, tuple(o.counts[code] for o in outcomes)))
    return rows + list(_indicators(outcomes))


def _of_level(level: Level, field: str) -> float:
    return {"value": level.value, "bound": level.bound, "gap": level.gap, "absolute_gap": level.absolute_gap}[
        field
    ]


def _indicators(outcomes: tuple[Outcome, ...]) -> Iterator[Row]:
    flat = [dict(_leaves(outcome.indicators, ())) for outcome in outcomes]
    for path in dict.fromkeys(path for found in flat for path in found):
        code, *words = path
        if code not in (ASSUMPTIONS, BY_PERSON):
            label = ", ".join(
                [INDICATORS.get(code, code), *(INDICATOR_WORDS.get(word, word) for word in words)]
            )
            yield Row("Indicateurs", ".".join(path), label, tuple(found.get(path) for found in flat))


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, str(name)))
    else:
        yield path, value


def comparison_csv(comparison: Comparison) -> bytes:
    """Semicolons, decimal commas, UTF-8 with BOM: as a French spreadsheet opens it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(["groupe", "code", "libelle", *(_cell(o.name) for o in comparison.outcomes)])
    for row in rows_of(comparison):
        writer.writerow([row.group, row.code, row.label, *(_cell(value) for value in row.values)])
    return ("\ufeff" + stream.getvalue()).encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(round(value, 6)).replace(".", ",")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@\t\r" else text


def comparison_json(comparison: Comparison) -> bytes:
    """Everything, for programs."""
    document = {
        "schema_version": "1",
        "simulation": True,
        "notes": list(notes(comparison)),
        "week_hash": comparison.week_hash,
        "organisations": [_outcome(outcome) for outcome in comparison.outcomes],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "name": outcome.name,
        "organisation": outcome.organisation.model_dump(mode="json"),
        "status": outcome.status.value,
        "levels": [level.model_dump() for level in outcome.levels],
        "counts": dict(outcome.counts),
        "indicators": {code: found for code, found in outcome.indicators.items() if code != BY_PERSON},
        "provenance": outcome.provenance.model_dump() if outcome.provenance else None,
    }


def notes(comparison: Comparison) -> tuple[str, ...]:
    """What a reader must know before comparing."""
    return (*NOTES, ONE_SCALE if comparison.has_one_scale else SCALES)


def comparison_html(comparison: Comparison) -> bytes:
    """A self-contained page."""
    environment = Environment(
        loader=PackageLoader("optimizer.files"), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("comparison.html")
    assumed = comparison.outcomes[0].indicators.get(ASSUMPTIONS)
    page = template.render(
        names=[outcome.name for outcome in comparison.outcomes],
        groups=_grouped(rows_of(comparison)),
        notes=notes(comparison),
        assumptions=list(assumed.items()) if isinstance(assumed, Mapping) else [],
        labels=INDICATORS,
        shown=_shown,
    )
    return page.encode()


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    return {
        name: [row for row in rows if row.group == name] for name in dict.fromkeys(row.group for row in rows)
    }


def _shown(row: Row, value: object) -> str:
    if value is None:
        return "–"
    if row.code == "status":
        return next((text for status, text in STATUSES.items() if status.value == value), str(value))
    if isinstance(value, (int, float)):
        return (
            percent(value)
            if row.code.endswith(".gap") or "share" in row.code.split(".")[0]
            else number(value)
        )
    return str(value)
