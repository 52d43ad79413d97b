"""What no data may ask for: the separations of the propositions, and what nobody could ever do."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optimizer.catalogue import MissionType
from optimizer.edited_types import edited_types
from optimizer.errors import Problem
from optimizer.half_days import longest_stretch
from optimizer.words import APART_FROM_SECTOR, PairNeed, PlaceKind, Profession, RoomKind, ServiceKind

if TYPE_CHECKING:
    from optimizer.week import CollectiveAction, Meeting, Mission, Pin, Professional, Site, Week

YEARS_AROUND = timedelta(days=5 * 366)


def separation_problems(week: "Week") -> Iterator[Problem]:
    """Propositions 1 and 2 held in the data itself."""
    yield from mixed_services(week)
    yield from mixed_people(week)
    yield from edited_types(week)
    for n, mission in enumerate(week.missions):
        yield from _misplaced(week, mission, f"/missions/{n}")
    for table in ("actions", "meetings"):
        for n, item in enumerate(getattr(week, table)):
            kind = week.types.get(item.type)
            if kind and (kind.ip or kind.contractual or kind.request):
                expected = "un type d'action collective, de réunion ou de formation"
                yield Problem(f"/{table}/{n}/type", f"« {item.type} », qui se fait sur rendez-vous", expected)
    for n, action in enumerate(week.actions):
        yield from _action_of_others(week, action, f"/actions/{n}")
    for n, meeting in enumerate(week.meetings):
        yield from _meeting_of_others(week, meeting, f"/meetings/{n}")
    for n, need in enumerate(week.reception):
        site = week.site.get(need.site_id)
        if site and not serves(week, site, ServiceKind.SECTEUR):
            yield Problem(
                f"/reception/{n}/site_id", f"« {site.id} », où SECTEUR n'est pas", "un site de SECTEUR"
            )
    for n, pin in enumerate(week.pins):
        yield from _forbidden_pin(week, pin, f"/pins/{n}")


def serves(week: "Week", site: "Site", kind: ServiceKind) -> bool:
    """Whether a service of that kind is at the site."""
    return any(week.kind_of_service.get(service) is kind for service in site.service_ids)


def mixed_services(week: "Week") -> Iterator[Problem]:
    """A service that bears the name of a kind is of that kind."""
    for n, service in enumerate(week.services):
        if service.id.upper() in ServiceKind.__members__ and service.id.upper() != service.kind:
            yield Problem(
                f"/services/{n}/kind", f"{service.kind} pour le service « {service.id} »", str(service.id)
            )


def mixed_people(week: "Week") -> Iterator[Problem]:
    """H1.4: nobody works for SECTEUR and for CONTRAT or EVALUATION."""
    for n, professional in enumerate(week.professionals):
        kinds = {week.kind_of_service.get(service) for service in professional.service_ids}
        apart = [kind for kind in APART_FROM_SECTOR if kind in kinds]
        if ServiceKind.SECTEUR in kinds and apart:
            found = f"« {professional.id} » dans SECTEUR et {' et '.join(apart)}"
            expected = "SECTEUR seul, ou CONTRAT et EVALUATION sans SECTEUR (propositions 1 et 2)"
            yield Problem(f"/professionals/{n}/service_ids", found, expected)


def _meeting_of_others(week: "Week", meeting: "Meeting", where: str) -> Iterator[Problem]:
    """H0: a meeting of a type that belongs to a kind of service is that of its people alone."""
    kind = week.types.get(meeting.type)
    if kind is None or kind.owner is None:
        return
    if meeting.service_id and week.kind_of_service.get(meeting.service_id, kind.owner) is not kind.owner:
        found = f"« {meeting.service_id} » pour {kind.code}"
        yield Problem(f"{where}/service_id", found, f"un service {kind.owner}")
    for n, who in enumerate(meeting.professional_ids):
        professional = week.professional.get(who)
        if professional and not any(
            week.kind_of_service.get(service, kind.owner) is kind.owner
            for service in professional.service_ids
        ):
            found = f"« {who} » pour {kind.code}"
            yield Problem(f"{where}/professional_ids/{n}", found, f"quelqu'un du service {kind.owner}")


def _action_of_others(week: "Week", action: "CollectiveAction", where: str) -> Iterator[Problem]:
    """H0: an action of a type that belongs to a kind of service is led by its people alone."""
    kind = week.types.get(action.type)
    for n, service in enumerate(action.service_ids if kind and kind.owner else ()):
        if kind and week.kind_of_service.get(service, kind.owner) is not kind.owner:
            at, found = f"{where}/service_ids/{n}", f"« {service} » pour {kind.code}"
            yield Problem(at, found, f"un service {kind.owner}")


def _misplaced(week: "Week", mission: "Mission", where: str) -> Iterator[Problem]:
    """H1.2 and H2.2: contracts and evaluations have their own places, where accompaniment is not held."""
    kind, site = week.types.get(mission.type), week.site.get(mission.site_id or "")
    if kind is None or site is None:
        return
    if kind.owner is ServiceKind.SECTEUR and not serves(week, site, ServiceKind.SECTEUR):
        for other in (one for one in APART_FROM_SECTOR if serves(week, site, one)):
            found = f"« {site.id} », lieu de {other}, pour {kind.code}"
            yield Problem(
                f"{where}/site_id", found, "un site de SECTEUR, ou un lieu prêté (propositions 1 et 2)"
            )
    if kind.contractual and not serves(week, site, ServiceKind.CONTRAT):
        yield Problem(
            f"{where}/site_id", f"« {site.id} » pour {kind.code}", "un site de CONTRAT (proposition 1)"
        )
    if kind.ip and (
        serves(week, site, ServiceKind.SECTEUR) or not serves(week, site, ServiceKind.EVALUATION)
    ):
        expected = "un site d'EVALUATION où SECTEUR n'est pas (proposition 2)"
        yield Problem(f"{where}/site_id", f"« {site.id} » pour {kind.code}", expected)


def _forbidden_pin(week: "Week", pin: "Pin", where: str) -> Iterator[Problem]:
    """A pin cannot give a mission to a service or a profession that never does it."""
    item = week.mission.get(pin.item_id) or week.action.get(pin.item_id)
    kind = week.types.get(item.type) if item else None
    if item is None or kind is None:
        return
    for n, who in enumerate(pin.professional_ids):
        professional = week.professional.get(who)
        if professional is None or any(id_ not in week.kind_of_service for id_ in professional.service_ids):
            continue
        at, found = f"{where}/professional_ids/{n}", f"« {who} » pour {item.id} ({kind.code})"
        if kind.owner and kind.owner not in week.kinds_served_by(professional):
            yield Problem(at, found, f"quelqu'un du service {kind.owner}")
        elif not kind.may_be_done_by(professional.profession):
            yield Problem(
                at, f"{found}, {professional.profession}", f"un métier parmi {_professions_of(kind)}"
            )
    if pin.start and pin.start.date() < item.release:
        yield Problem(f"{where}/start", f"le {pin.start:%d/%m/%Y}", f"le {item.release:%d/%m/%Y} ou après")


def _professions_of(kind: MissionType) -> str:
    return ", ".join(profession for profession in Profession if kind.may_be_done_by(profession)) or "aucun"


def impossible_items(week: "Week") -> Iterator[Problem]:
    """Items that contradict themselves or their type."""
    for n, mission in enumerate(week.missions):
        if kind := week.types.get(mission.type):
            yield from _impossible_mission(mission, kind, f"/missions/{n}")
    for n, action in enumerate(week.actions):
        if kind := week.types.get(action.type):
            yield from _impossible_action(week, action, kind, f"/actions/{n}")
    for table in ("missions", "actions", "meetings"):
        for n, item in enumerate(getattr(week, table)):
            if item.fixed_start and item.fixed_start.date() < item.release:
                found = f"début fixé au {item.fixed_start:%d/%m/%Y}"
                yield Problem(
                    f"/{table}/{n}/fixed_start", found, f"le {item.release:%d/%m/%Y} (au plus tôt) ou après"
                )
    for table in ("actions", "meetings"):
        for n, item in enumerate(getattr(week, table)):
            if item.due < item.release:
                found = f"au plus tard le {item.due:%d/%m/%Y}, au plus tôt le {item.release:%d/%m/%Y}"
                yield Problem(
                    f"/{table}/{n}/due", found, "une date au plus tard qui ne précède pas la date au plus tôt"
                )
    for n, pair in enumerate(week.travel):
        if pair.from_zone == pair.to_zone:
            yield Problem(
                f"/travel/{n}",
                f"« {pair.from_zone} » des deux côtés",
                "deux zones (dans une zone : 10 minutes)",
            )
    for n, site in enumerate(week.sites):
        for k, room in enumerate(site.rooms):
            if room.kind is RoomKind.NONE:
                yield Problem(f"/sites/{n}/rooms/{k}/kind", "« none »", "entretien ou groupe")


def _impossible_mission(mission: "Mission", kind: MissionType, where: str) -> Iterator[Problem]:
    size = mission.people or len(mission.professions) or 2
    if kind.needs_pair is PairNeed.REQUIRED and size < 2:
        field = "people" if mission.people else "professions"
        yield Problem(f"{where}/{field}", f"une personne pour {kind.code}", "deux personnes, toujours")
    if mission.people and mission.professions and mission.people != len(mission.professions):
        found = f"{mission.people} personne(s) et {len(mission.professions)} métier(s)"
        yield Problem(f"{where}/people", found, "autant de personnes que de métiers")
    if kind.ip and len(mission.professions) == 2 and len(set(mission.professions)) == 1:
        found = f"deux fois {mission.professions[0]} pour {kind.code}"
        yield Problem(f"{where}/professions", found, "deux métiers différents")
    for n, profession in enumerate(mission.professions):
        if not kind.may_be_done_by(profession):
            expected = f"un métier parmi {_professions_of(kind)}"
            yield Problem(f"{where}/professions/{n}", f"{profession} pour {kind.code}", expected)
    placed = mission.site_id or mission.home_zone or mission.case_id
    if kind.place is PlaceKind.HOME and not placed:
        yield Problem(
            f"{where}/home_zone",
            f"{kind.code} sans lieu ni situation",
            "une zone de domicile, ou une situation",
        )


def _impossible_action(
    week: "Week", action: "CollectiveAction", kind: MissionType, where: str
) -> Iterator[Problem]:
    for n, profession in enumerate(action.leaders):
        if not kind.may_be_done_by(profession):
            expected = f"un métier parmi {_professions_of(kind)}"
            yield Problem(f"{where}/leaders/{n}", f"{profession} pour {kind.code}", expected)
    site = week.site.get(action.site_id or "")
    if action.room_id is None or (action.site_id and site is None):
        return
    room = next((room for room in site.rooms if room.id == action.room_id), None) if site else None
    if room is None:
        yield Problem(
            f"{where}/room_id",
            f"« {action.room_id} »",
            "le site de cette salle" if site is None else f"une salle du site {site.id}",
        )
    elif kind.room is not room.kind:
        yield Problem(
            f"{where}/room_id", f"« {room.id} », salle de type {room.kind}", f"une salle de type {kind.room}"
        )


def unreachable_items(week: "Week") -> Iterator[Problem]:
    """Missions too long for whoever may do them, and days that belong to no plan of this decade."""
    longest = _LongestHalfDays(week)
    for n, mission in enumerate(week.missions):
        kind = week.types.get(mission.type)
        if kind and not kind.splittable:
            minutes, who = longest.of(kind, mission.professions)
            if 0 < minutes < mission.duration_minutes:
                expected = (
                    f"au plus {minutes} minutes, la plus longue demi-journée de qui peut le faire ({who})"
                )
                yield Problem(
                    f"/missions/{n}/duration_minutes",
                    f"{mission.duration_minutes} minutes d'un tenant",
                    expected,
                )
    for n, action in enumerate(week.actions):
        kind = week.types.get(action.type)
        if kind is None:
            continue
        for leader in dict.fromkeys(action.leaders):
            minutes, who = longest.of(kind, (leader,))
            if 0 < minutes < action.duration_minutes:
                found = f"{action.duration_minutes} minutes d'un tenant"
                expected = f"au plus {minutes} minutes, la plus longue demi-journée de qui l'anime ({who})"
                yield Problem(f"/actions/{n}/duration_minutes", found, expected)
    for table in ("missions", "actions", "meetings"):
        for n, item in enumerate(getattr(week, table)):
            if item.fixed_start and not week.calendar.is_working(item.fixed_start.date()):
                found = f"début fixé au {item.fixed_start:%d/%m/%Y}, qui n'est pas travaillé"
                yield Problem(f"/{table}/{n}/fixed_start", found, "un jour du lundi au vendredi, non férié")
    first = week.horizon.first_day
    for table, fields in (("missions", ("received", "release", "due")), ("actions", ("release", "due"))):
        for n, item in enumerate(getattr(week, table)):
            for field in fields:
                yield from _far_day(f"/{table}/{n}/{field}", getattr(item, field), first)


class _LongestHalfDays:
    """The longest half-day of whoever may do a type, and whose it is; each is looked for once."""

    def __init__(self, week: "Week") -> None:
        self.week = week
        self._of_person = {
            person.id: longest_stretch(person.windows, week.organisation.midday)
            for person in week.professionals
        }
        self._found: dict[tuple[str, tuple[Profession, ...]], tuple[int, str]] = {}

    def of(self, kind: MissionType, wanted: tuple[Profession, ...]) -> tuple[int, str]:
        """Minutes and person, among those of some professions when any is wanted."""
        key = kind.code, wanted
        if key not in self._found:
            able = (who for who in self.week.professionals if self._is_able(who, kind, wanted))
            stretches = ((self._of_person[who.id], who.id) for who in able)
            self._found[key] = max(stretches, key=lambda found: found[0], default=(0, ""))
        return self._found[key]

    def _is_able(self, person: "Professional", kind: MissionType, wanted: tuple[Profession, ...]) -> bool:
        if not kind.may_be_done_by(person.profession) or (wanted and person.profession not in wanted):
            return False
        services = self.week.kind_of_service
        return kind.owner is None or any(services.get(name) is kind.owner for name in person.service_ids)


def _far_day(where: str, day: date, first_day: date) -> Iterator[Problem]:
    if abs(day - first_day) > YEARS_AROUND:
        yield Problem(
            where, f"le {day:%d/%m/%Y}", "une date à moins de cinq ans de l'horizon (année mal saisie ?)"
        )
