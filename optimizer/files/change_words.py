"""What changes from a published plan to the next, as a list that a manager reads and sends."""

import csv
import io
from collections.abc import Iterable

from optimizer.disturbance import RESERVED_TIME, MoveKind, Shift
from optimizer.files.answer_words import listed, moment
from optimizer.plan import Assignment, Reservation, ReservationKind
from optimizer.sentences import RESERVATIONS
from optimizer.week import Week

COLUMNS = ("quoi", "avant", "apres", "foyer_a_prevenir", "professionnels_a_prevenir")


def changes_text(before: Week, after: Week, shifts: Iterable[Shift]) -> str:
    """A line for each change, those who must be told at its end."""
    lines = [_line(before, after, shift) for shift in shifts]
    if not lines:
        return "Rien ne change.\n"
    return "\n".join(["Ce qui change, et qui prévenir :", *(f"- {line}" for line in lines)]) + "\n"


def changes_csv(before: Week, after: Week, shifts: Iterable[Shift]) -> str:
    """The same as rows."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\n")
    rows.writerow(COLUMNS)
    for shift in shifts:
        told = "oui" if shift.is_household_told else "non"
        rows.writerow([_what(before, after, shift), *_states(shift), told, " ".join(shift.professional_ids)])
    return text.getvalue()


def _line(before: Week, after: Week, shift: Shift) -> str:
    was, now = _states(shift)
    change = f"{was} → {now}" if was or now else ""
    household = "le foyer ou le public, " if shift.is_household_told else ""
    whom = f"prévenir {household}{listed(shift.professional_ids)}".rstrip(", ")
    return " ; ".join(
        part for part in (f"{_what(before, after, shift)} : {change}".rstrip(" :"), whom) if part
    )


def _what(before: Week, after: Week, shift: Shift) -> str:
    if shift.item_id in set(ReservationKind):
        return RESERVATIONS[ReservationKind(shift.item_id)]
    if shift.item_id == RESERVED_TIME:
        steps = sum(times for kind, times in shift.kinds if kind is MoveKind.RESERVED)
        return (
            f"Temps réservé (écrits, collectif) : {5 * steps} minutes changent de demi-journée ou se perdent"
        )
    item = before.mission.get(shift.item_id) or before.action.get(shift.item_id)
    if item is None and shift.item_id in after.case:
        return f"Référent de {shift.item_id}"
    return f"{shift.item_id} ({item.type})" if item else shift.item_id


def _states(shift: Shift) -> tuple[str, str]:
    was, now = (_state(rows) for rows in (shift.before, shift.after))
    if shift.before and not shift.after:
        now = (
            "plus placé" if isinstance(shift.before[0], Assignment) else "à quelqu'un d'autre, ou à personne"
        )
    return was, now


def _state(rows: tuple[Assignment | Reservation, ...]) -> str:
    return ", puis ".join(_one(row) for row in rows)


def _one(row: Assignment | Reservation) -> str:
    room = f", salle {row.room_id}" if isinstance(row, Assignment) and row.room_id else ""
    return f"{listed(row.professional_ids)} le {moment(row.start)}{room}"
