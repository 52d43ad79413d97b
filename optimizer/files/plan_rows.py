"""The tables of an output: titles and rows of plain text and numbers, shared by CSV, workbook and page."""

from dataclasses import dataclass
from datetime import date, datetime

from optimizer.files.labels import hours, number, percent
from optimizer.files.loads import USES
from optimizer.files.pending import Pending
from optimizer.files.views import Entry, EntryKind, View
from optimizer.plan import Level, Place
from optimizer.sentences import REASONS, STATUSES, level_label
from optimizer.words import PlaceKind

WITHOUT_SITE: dict[PlaceKind | None, str] = {PlaceKind.OFFICE: "bureau", PlaceKind.ANY: ""}
"""Where something without a site is held, when it is not outside."""
Value = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Table:
    """A title, column headings and rows; `empty` is said when there is no row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: str = "Rien."


def tables(view: View) -> tuple[Table, ...]:
    """Every table that this audience reads, in the order of the workbook."""
    shown = [*left_out(view), appointments(view), reservations(view)]
    if view.audience.is_whole or (
        view.audience.is_sector and view.loads and len(view.audience.member_ids) > 1
    ):
        shown.append(referents(view))
    shown += [queue(view), unserved(view), late(view)]
    if view.loads:
        shown.append(loads(view))
    return (*shown, proof(view))


def left_out(view: View) -> tuple[Table, ...]:
    """For the planner, the teams that contradict themselves, why, and each item of theirs not planned."""
    if not (view.audience.is_whole and view.plan.left_out):
        return ()
    columns = ("Équipes", "Ce qui se contredit", "Éléments non planifiés", "Identifiants")
    rows = tuple(
        (", ".join(left.services), " ".join(left.facts), len(left.item_ids), ", ".join(left.item_ids))
        for left in view.plan.left_out
    )
    return (Table("Laissé de côté", columns, rows),)


def place_text(view: View, entry: Entry) -> str:
    """Where something is held, in words."""
    if entry.place == Place.TELEWORK:
        return "télétravail"
    if entry.place and entry.place.startswith("home:"):
        return f"domicile (zone {entry.place.removeprefix('home:')})"
    if entry.site_id is None:
        return WITHOUT_SITE.get(entry.usual_place, "extérieur") if entry.place == Place.OUTSIDE else ""
    label = view.week.site[entry.site_id].label if entry.site_id in view.week.site else ""
    return f"{entry.site_id} – {label}" if label else entry.site_id


def appointments(view: View) -> Table:
    """Whatever has an id in the week, one row a part."""
    shown = [entry for entry in view.entries if entry.kind is not EntryKind.RESERVATION]
    columns = ("Semaine", "Date", "Début", "Fin", "Minutes", "Professionnels", "Activité", "Lieu", "Salle")
    rows = ((*_when(view, entry), *_who_and_where(view, entry), *_keys(view, entry)) for entry in shown)
    return Table("Rendez-vous", columns + _key_columns(view), tuple(rows), "Aucun rendez-vous.")


def references(view: View) -> Table:
    """What each reference of a printed sheet stands for, once an appointment: the planner's alone."""
    shown = {
        entry.reference: (entry.reference, entry.item_id, entry.label, entry.start.date())
        for entry in reversed(view.entries)
        if entry.kind is EntryKind.APPOINTMENT
    }
    columns = ("Référence", "Identifiant", "Activité", "Date")
    rows = tuple(shown[reference] for reference in sorted(shown))
    return Table("Références", columns, rows, "Aucun rendez-vous.")


def reservations(view: View) -> Table:
    """Time kept for something that has no id."""
    shown = [entry for entry in view.entries if entry.kind is EntryKind.RESERVATION]
    columns = ("Semaine", "Date", "Début", "Fin", "Minutes", "Professionnels", "Réservation", "Lieu")
    rows = ((*_when(view, entry), *_who_and_where(view, entry)[:-1]) for entry in shown)
    return Table("Réservations", columns, tuple(rows), "Aucun temps réservé.")


def referents(view: View) -> Table:
    """The cases attributed by this plan."""
    rows = tuple((row.professional_id, row.case_id) for row in view.referents)
    return Table("Référents", ("Référent", "Situation"), rows, "Aucune situation à attribuer.")


def queue(view: View) -> Table:
    """The requests dated after the horizon."""
    columns = ("Activité", "Site", "Date proposée", "Échéance", "Jours de retard", "Pourquoi")
    rows = tuple((*_pending(row, row.date), *_pending_keys(view, row)) for row in view.queue)
    title = "File d'attente"
    return Table(title, columns + _key_columns(view), rows, "Personne n'attend au-delà de la période.")


def unserved(view: View) -> Table:
    """What is not placed in the horizon, why, and what would change it."""
    columns = (
        "Activité",
        "Site",
        "Au plus tôt le",
        "Échéance",
        "Jours de retard",
        "Pourquoi",
        "Ce qui changerait",
    )
    rows = tuple((*_pending(row, row.date), _remedy(row), *_pending_keys(view, row)) for row in view.unserved)
    return Table("Non placés", columns + _key_columns(view), rows, "Tout est placé.")


def late(view: View) -> Table:
    """What is placed after its due date."""
    columns = ("Activité", "Site", "Fait le", "Échéance", "Jours de retard")
    rows = tuple((*_pending(row, row.date)[:-1], *_pending_keys(view, row)) for row in view.late)
    return Table("En retard", columns + _key_columns(view), rows, "Rien n'est placé en retard.")


def loads(view: View) -> Table:
    """The load of each person, in hours and minutes."""
    heads = tuple(use.capitalize() for use in USES)
    columns = ("Professionnel", "Semaine", "Temps payé", "Planifié", *heads, "Dossiers", "Poids attribué")
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            load.professional_id,
            load.week + 1,
            hours(load.paid),
            hours(load.planned),
            *(hours(load.minutes[use]) for use in USES),
            load.dossiers,
            load.attributed,
        )
        for load in view.loads
    )
    return Table("Charge", columns, rows)


def proof(view: View) -> Table:
    """Each level, its bound and what is left to gain; a team reads gaps, the planner the points too."""
    if not view.audience.is_whole:
        rows = tuple(
            (level_label(level.name), percent(level.gap), verdict(level)) for level in view.plan.levels
        )
        return Table("Preuve", ("Niveau", "Écart", "Ce que cela veut dire"), rows, "Pas de preuve jointe.")
    columns = (
        "Niveau",
        "Valeur (points)",
        "Borne (points)",
        "Écart",
        "Écart (points)",
        "Ce que cela veut dire",
    )
    detailed = tuple(
        (
            level_label(level.name),
            level.value,
            level.bound,
            percent(level.gap),
            level.absolute_gap,
            verdict(level),
        )
        for level in view.plan.levels
    )
    return Table("Preuve", columns, detailed, "Pas de preuve jointe.")


def verdict(level: Level) -> str:
    """What a gap means, in plain French."""
    if level.absolute_gap <= 0:
        return "Prouvé : aucun plan permis ne fait mieux à ce niveau."
    return f"Au mieux, un autre plan ferait {percent(level.gap)} de moins ; rien ne dit qu'il existe."


def status_text(view: View) -> str:
    """How the solve ended, and what the independent judge found."""
    judged = view.plan.checker
    if judged is None:
        return STATUSES[view.plan.status] + " Plan non vérifié par le juge indépendant."
    found = (
        "aucune règle enfreinte"
        if judged.passed
        else f"{number(len(judged.violations))} règle(s) enfreinte(s)"
    )
    return f"{STATUSES[view.plan.status]} Vérifié par le juge indépendant : {found}."


def _when(view: View, entry: Entry) -> tuple[Value, ...]:
    week = view.week.calendar.week_of(entry.start.date()) + 1
    return week, entry.start.date(), f"{entry.start:%H:%M}", f"{entry.end:%H:%M}", entry.minutes


def _who_and_where(view: View, entry: Entry) -> tuple[Value, ...]:
    return ", ".join(entry.professional_ids), entry.label, place_text(view, entry), entry.room_id


def _pending(row: Pending, day: date) -> tuple[Value, ...]:
    reason = REASONS[row.reason].french if row.reason else None
    return row.label, row.site_id, day, row.due, row.days_late, reason


def _remedy(row: Pending) -> str | None:
    return REASONS[row.reason].remedy_french if row.reason else None


def _key_columns(view: View) -> tuple[str, ...]:
    return ("Référence",) if view.audience.is_sector else ("Référence", "Identifiant", "Situation")


def _keys(view: View, entry: Entry) -> tuple[Value, ...]:
    return (entry.reference,) if view.audience.is_sector else (entry.reference, entry.item_id, entry.case_id)


def _pending_keys(view: View, row: Pending) -> tuple[Value, ...]:
    return (row.reference,) if view.audience.is_sector else (row.reference, row.item_id, row.case_id)
