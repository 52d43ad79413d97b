"""What a planner should know about a week that can be read all the same: grouped sentences, in French."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optimizer.catalogue import catalogue
from optimizer.half_days import open_half_days
from optimizer.references import DAY_NAMES
from optimizer.separations import serves
from optimizer.words import HalfDayName, PlaceKind, Profession, RoomKind, ServiceKind

if TYPE_CHECKING:
    from optimizer.week import CollectiveAction, Meeting, Mission, Week

SHOWN = 8


def warnings_of(week: "Week") -> Iterator[str]:
    """Every warning about a week, one sentence a subject."""
    for subject in SUBJECTS:
        yield from subject(week)


def _some(names: Iterable[str]) -> str:
    every = list(dict.fromkeys(names))
    more = f" et {len(every) - SHOWN} autre(s)" if len(every) > SHOWN else ""
    return ", ".join(every[:SHOWN]) + more


def estimated_travel(week: "Week") -> Iterator[str]:
    """Pairs of zones in use that the table of travel does not hold."""
    sites = {site.zone for site in week.sites}
    homes = {mission.home_zone for mission in week.missions if mission.home_zone}
    homes |= {
        week.case[mission.case_id].zone
        for mission in week.missions
        if mission.case_id and not mission.site_id and week.types[mission.type].place is PlaceKind.HOME
    }
    told = {frozenset((pair.from_zone, pair.to_zone)) for pair in week.travel}
    zones = sorted(sites | homes)
    pairs = [(one, two) for n, one in enumerate(zones) for two in zones[n + 1 :]]
    absent = [f"{one}-{two}" for one, two in pairs if frozenset((one, two)) not in told]
    if absent:
        yield (
            f"Trajets absents de la table, estimés (plus court détour, sinon 30 minutes) : {_some(absent)}."
        )


def places_of_the_file(week: "Week") -> Iterator[str]:
    """Places and durations that differ from the catalogue's: the file's are kept."""
    places = Counter(mission.type for mission in week.missions if _is_elsewhere(week, mission))
    if places:
        yield f"Lieu du fichier gardé, différent de celui du catalogue : {_counted(places)}."
    lengths = Counter(
        mission.type
        for mission in week.missions
        if mission.duration_minutes != week.types[mission.type].duration_minutes
    )
    if lengths:
        yield f"Durée du fichier gardée, différente de celle du catalogue : {_counted(lengths)}."


def _is_elsewhere(week: "Week", mission: "Mission") -> bool:
    place = week.types[mission.type].place
    if mission.home_zone:
        return place is not PlaceKind.HOME
    return bool(mission.site_id) and place in (PlaceKind.HOME, PlaceKind.OUTSIDE)


def _counted(counts: Counter[str]) -> str:
    return _some(f"{name} ({count})" for name, count in sorted(counts.items()))


def referents_to_replace(week: "Week") -> Iterator[str]:
    """Referents unknown or leaving: their cases are attributed again."""
    referents = [case.referent_id for case in week.cases if case.referent_id]
    last = week.calendar.end - timedelta(days=1)
    for found, subject in (
        (Counter(who for who in referents if _is_unknown(week, who)), "Référents inconnus"),
        (
            Counter(who for who in referents if _leaves_by(week, who, last)),
            "Référents partis ou sur le départ",
        ),
    ):
        if found:
            yield (
                f"{subject} : {_counted(found)}. Ces {found.total()} situation(s) seront attribuées "
                "à d'autres si leur site est de SECTEUR."
            )


def _is_unknown(week: "Week", who: str) -> bool:
    return who not in week.professional


def _leaves_by(week: "Week", who: str, day: date) -> bool:
    someone = week.professional.get(who)
    return bool(someone and someone.departure and someone.departure <= day)


def unknown_followers(week: "Week") -> Iterator[str]:
    """Past followers that nobody bears the id of: the separation of evaluators cannot see them."""
    unknown = [who for case in week.cases for who in case.followers if _is_unknown(week, who)]
    if unknown:
        yield f"Suivis antérieurs par des personnes inconnues, sans effet : {_some(unknown)}."


def services_without_manager(week: "Week") -> Iterator[str]:
    """A sector team and an evaluation service each have their manager (proposition 2)."""
    for kind in (ServiceKind.SECTEUR, ServiceKind.EVALUATION):
        people = [someone for someone in week.professionals if kind in week.kinds_served_by(someone)]
        if people and not any(someone.profession is Profession.CT for someone in people):
            yield f"Le service {kind} n'a pas de cadre technique (CT) à lui."


def services_without_people(week: "Week") -> Iterator[str]:
    """Services of a kind of which something is asked, where nobody works."""
    asked = {week.types[mission.type].owner for mission in week.missions if mission.type in week.types}
    staffed = {service for someone in week.professionals for service in someone.service_ids}
    empty = [one.id for one in week.services if one.id not in staffed and one.kind in asked]
    if empty:
        yield f"Services où personne ne travaille, dont rien ne sera fait : {_some(empty)}."


def sites_without_team(week: "Week") -> Iterator[str]:
    """Sites of households that no sector team covers, where several do: any of them may be asked."""
    teams = [service for service in week.services if service.kind is ServiceKind.SECTEUR]
    covered = {site for service in teams for site in service.covered_site_ids}
    covered |= {
        site.id
        for site in week.sites
        if any(not one.covered_site_ids and one.id in site.service_ids for one in teams)
    }
    lost = Counter(case.site_id for case in week.cases if case.site_id not in covered)
    if len(teams) > 1 and lost:
        yield f"Sites de situations que ne couvre aucune équipe de secteur : {_counted(lost)}."


def sites_without_room(week: "Week") -> Iterator[str]:
    """Sites where missions or actions need a kind of room that is not there."""
    needs: Counter[tuple[str, RoomKind]] = Counter()
    items: list[Mission | CollectiveAction] = [*week.missions, *week.actions]
    for item in items:
        kind = week.types[item.type].room
        if item.site_id and kind is not RoomKind.NONE:
            needs[item.site_id, kind] += 1
    for (site, kind), count in sorted(needs.items()):
        if not any(room.kind is kind for room in week.site[site].rooms):
            yield f"Le site {site} n'a pas de salle « {kind} » : {count} rendez-vous n'auront pas lieu."


def services_without_place(week: "Week") -> Iterator[str]:
    """Kinds of missions whose service has no site to hold them."""
    for kind in ServiceKind:
        count = sum(
            week.types[mission.type].owner is kind and not mission.site_id and not mission.home_zone
            for mission in week.missions
        )
        if count and not any(serves(week, site, kind) for site in week.sites):
            yield f"Aucun site n'accueille le service {kind} : {count} mission(s) sans lieu."


def reception_when_closed(week: "Week") -> Iterator[str]:
    """Needs of people at reception on half-days when the public does not come."""
    closed = []
    for need in week.reception:
        opened = open_half_days(week.site[need.site_id].opening, week.organisation.midday)
        for count, half, name in (
            (need.morning, HalfDayName.MORNING, "matin"),
            (need.afternoon, HalfDayName.AFTERNOON, "après-midi"),
        ):
            if count and (need.day, half) not in opened:
                closed.append(f"{need.site_id} {DAY_NAMES[need.day]} {name}")
    if closed:
        yield f"Accueil demandé quand le site est fermé, non compté : {_some(closed)}."


def dates_out_of_reach(week: "Week") -> Iterator[str]:
    """Fixed starts that no plan of this horizon can hold."""
    days = set(week.calendar.days)
    items: list[Mission | CollectiveAction | Meeting] = [*week.missions, *week.actions, *week.meetings]
    outside = [item.id for item in items if item.fixed_start and item.fixed_start.date() not in days]
    if outside:
        yield f"Date fixée hors de l'horizon ou un jour non travaillé : {_some(outside)}."


def planned_before_received(week: "Week") -> Iterator[str]:
    """Missions that may begin before anybody has asked for them."""
    early = [mission.id for mission in week.missions if mission.release < mission.received]
    if early:
        yield f"Missions qui peuvent être placées avant le jour où elles sont reçues : {_some(early)}."


def people_without_hours(week: "Week") -> Iterator[str]:
    """Professionals who never work."""
    idle = [someone.id for someone in week.professionals if not someone.windows]
    if idle:
        yield f"Professionnels sans aucune heure de travail : {_some(idle)}."


def types_of_the_house(week: "Week") -> Iterator[str]:
    """Types that the catalogue does not have and that the sector team may do: somebody should read them."""
    known = catalogue()
    own = [
        f"{kind.code} ({kind.label})"
        for kind in week.mission_types
        if kind.code not in known and kind.owner in (None, ServiceKind.SECTEUR)
    ]
    if own:
        yield f"Types hors catalogue que le secteur peut faire (ni évaluation, ni contrat) : {_some(own)}."


SUBJECTS: tuple[Callable[["Week"], Iterator[str]], ...] = (
    estimated_travel,
    places_of_the_file,
    referents_to_replace,
    unknown_followers,
    services_without_manager,
    services_without_people,
    sites_without_team,
    sites_without_room,
    services_without_place,
    reception_when_closed,
    dates_out_of_reach,
    planned_before_received,
    people_without_hours,
    types_of_the_house,
)
