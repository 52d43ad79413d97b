"""What changes from a published plan to the next, as a list that a manager reads and sends."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from optimizer.disturbance import RESERVED_TIME, MoveKind, Shift
from optimizer.done import item_of
from optimizer.files.answer_words import listed, moment, on
from optimizer.plan import Assignment, Reservation, ReservationKind
from optimizer.sentences import RESERVATIONS
from optimizer.week import Week

COLUMNS = ("quoi", "avant", "apres", "foyer_a_prevenir", "professionnels_a_prevenir")


def changes_text(before: Week, after: Week, shifts: Iterable[Shift], by_events: Iterable[Shift] = ()) -> str:
    """A line for each change, those who must be told at its end, in order of time; what the events themselves
    change comes first."""
    blocks = []
    for title, found in (("Du fait de l'imprévu :", by_events), ("Ce qui change, et qui prévenir :", shifts)):
        lines = [f"- {_line(before, after, shift)}" for shift in in_order(found)]
        if lines:
            blocks += [title, *lines]
    return "\n".join(blocks or ["Rien ne change."]) + "\n"


def changes_csv(before: Week, after: Week, shifts: Iterable[Shift], by_events: Iterable[Shift] = ()) -> str:
    """The same as rows."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\n")
    rows.writerow(COLUMNS)
    for shift in in_order([*by_events, *shifts]):
        told = "oui" if shift.is_household_told else "non"
        rows.writerow([_what(before, after, shift), *_states(shift), told, " ".join(shift.professional_ids)])
    return text.getvalue()


def in_order(shifts: Iterable[Shift]) -> list[Shift]:
    """Changes in order of time, those without one at the end."""

    def when(shift: Shift) -> tuple[str, str]:
        starts = [row.start for row in (*shift.before, *shift.after)]
        days = [day for day in (shift.date_before, shift.date_after) if day]
        first = min(
            (*(start.isoformat() for start in starts), *(day.isoformat() for day in days)), default="9"
        )
        return first, shift.item_id

    return sorted(shifts, key=when)


def _line(before: Week, after: Week, shift: Shift) -> str:
    was, now = _states(shift)
    change = " → ".join(part for part in (was, now) if part)
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
    item = item_of(before, shift.item_id) or item_of(after, shift.item_id)
    if item is None and shift.item_id in after.case:
        return f"{shift.item_id} : nouveau référent"
    return f"{shift.item_id} ({item.type})" if item else shift.item_id


def _states(shift: Shift) -> tuple[str, str]:
    was, now = (_state(rows) for rows in (shift.before, shift.after))
    was = was or _dated(shift.date_before)
    now = now or _dated(shift.date_after)
    if shift.before and not now:
        is_item = isinstance(shift.before[0], Assignment)
        now = "plus placé dans la période" if is_item else "personne"
    return was, now


def _dated(day: date | None) -> str:
    return f"reçu le {on(day)}" if day else ""


def _state(rows: tuple[Assignment | Reservation, ...]) -> str:
    return ", puis ".join(_one(row) for row in rows)


def _one(row: Assignment | Reservation) -> str:
    room = f", salle {row.room_id}" if isinstance(row, Assignment) and row.room_id else ""
    return f"{listed(row.professional_ids)} le {moment(row.start)}{room}"
