"""What people do: the rows and reservations of a plan, read against the week."""

from dataclasses import dataclass

from optimizer.catalogue import MissionType
from optimizer.plan import Assignment, Place, Reservation, ReservationKind
from optimizer.reading.places import Location
from optimizer.reading.stretches import Stretch
from optimizer.week import CollectiveAction, Meeting, Mission, Professional
from optimizer.words import PairNeed, RoomKind

RECEPTION_TYPES = ("ACCUEIL", "URGENCE")
WRITING_TYPE = "ECRITS"
TELEWORKABLE = (ReservationKind.WRITING, ReservationKind.PREPARATION)


@dataclass(frozen=True)
class Row:
    """One row of `assignments`: what it is about, who is on it (known people, once each), when, where.

    The item is at most one of `mission`, `action` and `meeting`; none when the week does not know the id.
    """

    source: Assignment
    stretch: Stretch
    people: tuple[Professional, ...]
    location: Location | None
    mission: Mission | None = None
    action: CollectiveAction | None = None
    meeting: Meeting | None = None
    kind: MissionType | None = None

    @property
    def item_id(self) -> str:
        """The id of what is held."""
        return self.source.mission_id

    @property
    def person_ids(self) -> tuple[str, ...]:
        """Ids of the known people of the row."""
        return tuple(person.id for person in self.people)

    @property
    def is_teleworked(self) -> bool:
        """Whether it is done from home."""
        return self.source.place == Place.TELEWORK

    @property
    def site_id(self) -> str | None:
        """The known site where it is held."""
        return self.location.site_id if self.location else None

    @property
    def takes_a_room(self) -> bool:
        """Whether it occupies a room: that of its type at a site, or the one that its action names."""
        if self.meeting:
            return False
        if self.action and self.action.room_id:
            return True
        return self.kind is not None and self.kind.room is not RoomKind.NONE and self.site_id is not None


@dataclass(frozen=True)
class Kept:
    """One reservation that is not travel."""

    source: Reservation
    stretch: Stretch
    people: tuple[Professional, ...]
    location: Location | None

    @property
    def kind(self) -> ReservationKind:
        """What the time is kept for."""
        return self.source.kind

    @property
    def person_ids(self) -> tuple[str, ...]:
        """Ids of the known people of the reservation."""
        return tuple(person.id for person in self.people)

    @property
    def is_teleworked(self) -> bool:
        """Whether it is done from home: writing or preparation without a site."""
        return self.source.site_id is None and self.kind in TELEWORKABLE


@dataclass(frozen=True)
class Activity:
    """What one person does at one time: their side of a row or of a reservation."""

    person_id: str
    stretch: Stretch
    location: Location | None
    is_teleworked: bool
    row: Row | None = None
    kept: Kept | None = None

    @property
    def is_reception(self) -> bool:
        """Whether this is reception duty."""
        return self.kept is not None and self.kept.kind is ReservationKind.RECEPTION

    @property
    def may_be_held_in_reception(self) -> bool:
        """ACCUEIL, URGENCE and writing reservations may stand inside reception duty."""
        if self.kept:
            return self.kept.kind is ReservationKind.WRITING
        return bool(self.row and self.row.mission and self.row.mission.type in RECEPTION_TYPES)

    def is_held_by(self, reception: "Activity") -> bool:
        """Whether this stands inside that reception duty, at its site."""
        return (
            self.may_be_held_in_reception
            and reception.is_reception
            and self.location is not None
            and self.location == reception.location
            and reception.stretch.holds(*self.stretch)
        )

    @property
    def label(self) -> str:
        """A word for sentences."""
        if self.kept:
            return KEPT_LABELS[self.kept.kind]
        return self.row.item_id if self.row else "?"


def people_wanted(mission: Mission, kind: MissionType) -> int:
    """How many people a mission takes at once: its own number, its professions, else its type's pair."""
    if mission.people:
        return mission.people
    return len(mission.professions) or (2 if kind.needs_pair is PairNeed.REQUIRED else 1)


KEPT_LABELS = {
    ReservationKind.RECEPTION: "permanence d'accueil",
    ReservationKind.URGENCY: "heure d'urgence",
    ReservationKind.WRITING: "temps d'écrits",
    ReservationKind.COLLECTIVE: "temps collectif",
    ReservationKind.PREPARATION: "préparation",
    ReservationKind.TRAVEL: "trajet",
}
