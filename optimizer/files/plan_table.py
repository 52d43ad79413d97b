"""A plan as one CSV: a row a part, then what waits, what is not placed and, for a manager, the referents."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from optimizer.files.pending import Pending
from optimizer.files.plan_rows import Value, place_text
from optimizer.files.views import Entry, EntryKind, View
from optimizer.sentences import REASONS, RESERVATION_CODES

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "etat",
    "date",
    "debut",
    "fin",
    "minutes",
    "professionnels",
    "activite",
    "libelle",
    "site",
    "salle",
    "lieu",
    "echeance",
    "jours_retard",
    "pourquoi",
    "reference",
    "identifiant",
    "situation",
    "diffusion",
)


def plan_csv(view: View) -> bytes:
    """Semicolons, UTF-8 with its mark, dates as French spreadsheets read them, no formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(view):
        row["diffusion"] = view.audience.marking
        writer.writerow({name: harmless(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def harmless(value: Value) -> str:
    """The text of a cell; what a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def _rows(view: View) -> Iterator[dict[str, Value]]:
    for entry in view.entries:
        yield _entry(view, entry)
    for state, rows in (("en attente", view.queue), ("non placé", view.unserved)):
        for row in rows:
            yield _pending(state, row)
    for referent in view.referents:
        yield {"etat": "référent", "professionnels": referent.professional_id, "situation": referent.case_id}


def _entry(view: View, entry: Entry) -> dict[str, Value]:
    return {
        "etat": "réservé" if entry.kind is EntryKind.RESERVATION else "placé",
        "date": entry.start.date(),
        "debut": f"{entry.start:%H:%M}",
        "fin": f"{entry.end:%H:%M}",
        "minutes": entry.minutes,
        "professionnels": ", ".join(entry.professional_ids),
        "activite": RESERVATION_CODES[entry.code] if entry.kind is EntryKind.RESERVATION else entry.code,
        "libelle": entry.label,
        "site": entry.site_id,
        "salle": entry.room_id,
        "lieu": place_text(view, entry),
        "reference": entry.reference,
        "identifiant": entry.item_id,
        "situation": entry.case_id,
    }


def _pending(state: str, row: Pending) -> dict[str, Value]:
    return {
        "etat": state,
        "date": row.date,
        "activite": row.code,
        "libelle": row.label,
        "site": row.site_id,
        "echeance": row.due,
        "jours_retard": row.days_late,
        "pourquoi": REASONS[row.reason].french if row.reason else None,
        "reference": row.reference,
        "identifiant": row.item_id,
        "situation": row.case_id,
    }
