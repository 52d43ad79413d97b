"""The tables of a week as managers keep them: French columns, and the `Week` field behind each.

docs/formats.md says the same in sentences.
"""

from dataclasses import dataclass

from optimizer.files import cells
from optimizer.files.cells import DAY_NAMES, Converter
from optimizer.words import Profession


@dataclass(frozen=True)
class Column:
    """One column: its header, the field that it fills, its converter, whether every row fills it, and what an
    empty cell says, None for nothing.

    A converter whose field is empty returns several fields at once.
    """

    name: str
    field: str
    convert: Converter = cells.text
    is_filled: bool = False
    when_empty: tuple[()] | None = None


@dataclass(frozen=True)
class TableShape:
    """One table: its columns, and whether a week needs it."""

    name: str
    columns: tuple[Column, ...]
    is_needed: bool = False

    def column(self, folded_name: str) -> Column | None:
        """The column of that header, `None` when there is none."""
        return next((column for column in self.columns if column.name == folded_name), None)


_DAYS = tuple(Column(name, str(day), cells.hours) for name, day in DAY_NAMES.items())
_SPAN = (
    Column("professionnel", "professional_id", is_filled=True),
    Column("debut", "start", cells.first_instant, is_filled=True),
    Column("fin", "end", cells.last_instant, is_filled=True),
)
_DATED = (
    Column("semaine", "week", cells.whole),
    Column("date", "day", cells.day),
    Column("debut", "clock", cells.clock),
    Column("au_plus_tot", "release", cells.day),
    Column("au_plus_tard", "due", cells.day),
)

HORIZON = TableShape(
    "horizon",
    (
        Column("premier_jour", "first_day", cells.day, is_filled=True),
        Column("semaines", "weeks", cells.whole, is_filled=True),
    ),
    is_needed=True,
)
SERVICES = TableShape(
    "services",
    (
        Column("id", "id", is_filled=True),
        Column("type", "kind", cells.service_kind, is_filled=True),
        Column("sites_couverts", "covered_site_ids", cells.names),
    ),
)
SITES = TableShape(
    "sites",
    (
        Column("id", "id", is_filled=True),
        Column("nom", "label"),
        Column("zone", "zone", is_filled=True),
        Column("services", "service_ids", cells.names, when_empty=()),
        *_DAYS,
    ),
    is_needed=True,
)
ROOMS = TableShape(
    "salles",
    (
        Column("site", "site_id", is_filled=True),
        Column("salle", "id", is_filled=True),
        Column("type", "kind", cells.room_kind, is_filled=True),
        Column("places", "seats", cells.whole),
    ),
)
TRAVEL = TableShape(
    "trajets",
    (
        Column("de", "from_zone", is_filled=True),
        Column("vers", "to_zone", is_filled=True),
        Column("minutes", "minutes", cells.whole, is_filled=True),
    ),
)
PROFESSIONALS = TableShape(
    "professionnels",
    (
        Column("id", "id", is_filled=True),
        Column("profession", "profession", cells.profession, is_filled=True),
        Column("grade", "grade"),
        Column("services", "service_ids", cells.names, is_filled=True),
        Column("site", "site_id", is_filled=True),
        Column("quotite", "quotite", cells.quotite, is_filled=True),
        *_DAYS,
        Column("teletravail", "telework_days", cells.weekdays),
        Column("dossiers", "dossiers", cells.whole),
        Column("formation_isic_jours", "isic_days_done", cells.whole),
        Column("depart", "departure", cells.day),
    ),
    is_needed=True,
)
ABSENCES = TableShape("absences", (*_SPAN, Column("motif", "dropped")))
BUSY = TableShape("occupations", (*_SPAN, Column("motif", "dropped")))
CASES = TableShape(
    "situations",
    (
        Column("id", "id", is_filled=True),
        Column("site", "site_id", is_filled=True),
        Column("referent", "referent_id"),
        Column("poids", "weight", cells.whole),
        Column("zone", "zone", is_filled=True),
        Column("suivi_anterieur", "followers", cells.names),
    ),
)
MISSIONS = TableShape(
    "missions",
    (
        Column("id", "id", is_filled=True),
        Column("type", "type", is_filled=True),
        Column("situation", "case_id"),
        Column("recu_le", "received", cells.day, is_filled=True),
        Column("duree_min", "duration_minutes", cells.whole, is_filled=True),
        Column("au_plus_tot", "release", cells.day, is_filled=True),
        Column("au_plus_tard", "due", cells.day, is_filled=True),
        Column("urgence", "urgency", cells.urgency),
        Column("professions", "", cells.team),
        Column("lieu", "", cells.place),
        Column("debut_fixe", "fixed_start", cells.instant),
        Column("motif", "reason"),
    ),
)
RECEPTION = TableShape(
    "accueil",
    (
        Column("site", "site_id", is_filled=True),
        Column("jour", "day", cells.weekday, is_filled=True),
        Column("matin", "morning", cells.whole),
        Column("apres_midi", "afternoon", cells.whole),
        Column("urgence", "urgency_hours", cells.whole),
    ),
)
ACTIONS = TableShape(
    "actions_collectives",
    (
        Column("id", "id", is_filled=True),
        Column("type", "type", is_filled=True),
        Column("serie", "series"),
        Column("duree_min", "duration_minutes", cells.whole, is_filled=True),
        Column("animateurs", "leaders", cells.professions, is_filled=True),
        Column("services", "service_ids", cells.names),
        Column("site", "site_id"),
        Column("salle", "room_id"),
        *_DATED,
        Column("preparation_min", "preparation_minutes", cells.whole),
    ),
)
MEETINGS = TableShape(
    "reunions",
    (
        Column("id", "id", is_filled=True),
        Column("type", "type", is_filled=True),
        Column("participants", "attendees", is_filled=True),
        Column("site", "site_id"),
        *_DATED,
        Column("duree_min", "duration_minutes", cells.whole, is_filled=True),
    ),
)
PINS = TableShape(
    "epingles",
    (
        Column("element", "item_id", is_filled=True),
        Column("professionnels", "professional_ids", cells.names, is_filled=True),
        Column("debut", "start", cells.instant),
    ),
)
MISSION_TYPES = TableShape(
    "types_missions",
    (
        Column("code", "code", is_filled=True),
        Column("libelle", "label"),
        Column("service", "owner", cells.owner),
        Column("ip", "ip", cells.boolean),
        Column("contractuel", "contractual", cells.boolean),
        Column("delai_legal", "legal_deadline", cells.boolean),
        Column("collectif", "collective", cells.boolean),
        Column("demande", "request", cells.boolean),
        Column("binome", "needs_pair", cells.pair_need),
        Column("lieu", "place", cells.place_kind),
        Column("salle", "room", cells.room_or_none),
        Column("teletravail", "telework", cells.boolean),
        Column("fractionnable", "splittable", cells.boolean),
        Column("duree_min", "duration_minutes", cells.whole),
        *(Column(code.lower(), code, cells.aptitude) for code in Profession),
        Column("verrous", "locked", cells.professions),
    ),
)
ORGANISATION = TableShape(
    "organisation",
    (Column("parametre", "parameter", is_filled=True), Column("valeur", "value", is_filled=True)),
)

SHAPES = {
    shape.name: shape
    for shape in (
        HORIZON,
        SERVICES,
        SITES,
        ROOMS,
        TRAVEL,
        PROFESSIONALS,
        ABSENCES,
        BUSY,
        CASES,
        MISSIONS,
        RECEPTION,
        ACTIONS,
        MEETINGS,
        PINS,
        MISSION_TYPES,
        ORGANISATION,
    )
}
