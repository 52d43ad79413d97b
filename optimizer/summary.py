"""A plan in one screen: what is proven, what is placed, what waits, and the first appointments."""

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from optimizer.files.labels import day_in_words, hour, number, percent
from optimizer.files.views import Entry, EntryKind, View, view
from optimizer.plan import LeftOut, Level, Plan
from optimizer.rules import RuleLevel
from optimizer.sentences import STATUSES, level_label
from optimizer.telling import Json
from optimizer.week import Week

ROWS_OF_A_DAY = 20


def summary(week: Week, plan: Plan, output: Path, audience: str | None) -> Json:
    """The machine-readable summary of a plan that was written."""
    return {
        "status": plan.status.value,
        "levels": [level.model_dump() for level in plan.levels],
        "counts": counts(week, plan),
        "left_out": [left.model_dump() for left in plan.left_out],
        "output": str(output),
        "audience": audience,
        "checker": plan.checker.model_dump() if plan.checker else None,
        "provenance": plan.provenance.model_dump() if plan.provenance else None,
    }


def counts(week: Week, plan: Plan) -> Json:
    """How many items are placed, late, queued and not placed, and cases attributed."""
    whole = view(week, plan)
    missions = {row.mission_id for row in plan.assignments} & set(week.mission)
    return {
        "missions": len(week.missions),
        "missions_placed": len(missions),
        "late": len(whole.late),
        "queue": len(plan.queue),
        "unserved": len(plan.unserved),
        "referents": len(plan.referents),
    }


def show(console: Console, week: Week, plan: Plan, output: Path, audience: str | None) -> None:
    """The same for a reader: the proof, the counts, and the first appointments of what was written."""
    console.print(STATUSES[plan.status])
    console.print(_proof(plan.levels))
    console.print(_counted(week, plan))
    console.print()
    console.print(_first_day(view(week, plan, audience)))
    tell_written(console, output, audience)


def left_out_in_words(left_out: tuple[LeftOut, ...]) -> str:
    """The services that contradict themselves, why, and how much of theirs is not planned."""
    lines = ["Le reste est planifié, sauf ce qui se contredit :"]
    for left in left_out:
        lines.append(
            f"- {', '.join(left.services)} ({len(left.item_ids)} demandes et actions non planifiées)"
        )
        lines += [f"  - {fact}" for fact in left.facts]
    return "\n".join(lines)


def tell_written(console: Console, output: Path, audience: str | None) -> None:
    """Where a plan was written, and who may read it."""
    console.print(f"Plan écrit : {output}", soft_wrap=True)
    if audience is None:
        console.print(
            "CONFIDENTIEL : réservé au planificateur ; --for donne la feuille d'un service ou d'une personne."
        )


def _proof(levels: tuple[Level, ...]) -> Table:
    table = Table(title="Preuve, en points (moins il y en a, mieux c'est)", title_justify="left")
    table.add_column("Niveau")
    for title in ("Valeur", "Borne", "Écart"):
        table.add_column(title, justify="right")
    table.add_column("En clair")
    for level in levels:
        row = (number(level.value), number(level.bound), percent(level.gap), in_clear(level))
        table.add_row(level_label(level.name), *row)
    return table


def in_clear(level: Level) -> str:
    """What a gap means; the bound of a later level holds for plans no worse on the levels before it."""
    first = level.name == RuleLevel.COMMITMENT
    among = "" if first else f", à {level_label(RuleLevel.COMMITMENT).lower()} égaux"
    if level.absolute_gap <= 0:
        return f"aucun plan permis ne fait mieux{among}"
    return f"il reste au plus {number(level.absolute_gap)} point(s) à gagner{among}"


def _counted(week: Week, plan: Plan) -> str:
    found = counts(week, plan)
    return (
        f"{found['missions_placed']} mission(s) placée(s) sur {found['missions']} ; "
        f"{found['late']} placée(s) en retard ; "
        f"{found['queue']} demande(s) datée(s) après la période ; {found['unserved']} non placée(s) ; "
        f"{found['referents']} situation(s) attribuée(s)."
    )


def _first_day(shown: View) -> Table | str:
    """The appointments, meetings and groups of the first day that has any."""
    entries = [entry for entry in shown.entries if entry.kind is not EntryKind.RESERVATION]
    if not entries:
        return "Aucun rendez-vous dans la période."
    first = min(entry.start for entry in entries).date()
    return _day(first, [entry for entry in entries if entry.start.date() == first])


def _day(day: date, entries: list[Entry]) -> Table:
    table = Table(title=f"Premiers rendez-vous : {day_in_words(day)}", title_justify="left")
    for title in ("De", "à", "Quoi", "Qui", "Où"):
        table.add_column(title)
    for entry in entries[:ROWS_OF_A_DAY]:
        where = " ".join(part for part in (entry.site_id, entry.room_id) if part) or _place(entry)
        table.add_row(
            hour(entry.start), hour(entry.end), entry.label, ", ".join(entry.professional_ids), where
        )
    if len(entries) > ROWS_OF_A_DAY:
        table.caption = f"et {len(entries) - ROWS_OF_A_DAY} autres ce jour-là, dans le fichier"
    return table


def _place(entry: Entry) -> str:
    kind, _, zone = (entry.place or "").partition(":")
    return {"home": f"domicile, {zone}", "telework": "télétravail"}.get(kind, "")
