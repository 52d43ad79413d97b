"""Ids of a week: each exists, and none is given twice."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from optimizer.errors import Problem

if TYPE_CHECKING:
    from optimizer.week import Week

MAX_GUESSES = 20
Reference = tuple[str, str | None]


def reference_problems(week: "Week") -> Iterator[Problem]:
    """Every id that repeats or that nothing bears.

    Referents and past followers of a case may be unknown: people leave, their cases are attributed again.
    """
    yield from repeated_ids(week)
    yield from _unknown(service_references(week), {service.id for service in week.services}, "un service")
    yield from _unknown(site_references(week), {site.id for site in week.sites}, "un site")
    people = {professional.id for professional in week.professionals}
    yield from _unknown(professional_references(week), people, "un professionnel")
    yield from _unknown(type_references(week), week.types, "un type de mission")
    cases = ((f"/missions/{n}/case_id", mission.case_id) for n, mission in enumerate(week.missions))
    yield from _unknown(cases, {case.id for case in week.cases}, "une situation")
    yield from _followers(week)
    items = {item.id for table in (week.missions, week.actions, week.meetings) for item in table}
    pins = ((f"/pins/{n}/item_id", pin.item_id) for n, pin in enumerate(week.pins))
    yield from _unknown(pins, items, "un élément (mission, action ou réunion)")


def repeated_ids(week: "Week") -> Iterator[Problem]:
    """Ids given twice; missions, actions and meetings share one list, rooms of all sites another."""
    for table in ("services", "sites", "professionals", "cases"):
        yield from _repeated((f"/{table}/{n}/id", row.id) for n, row in enumerate(getattr(week, table)))
    for table in ("services", "professionals"):
        yield from _alike((f"/{table}/{n}/id", row.id) for n, row in enumerate(getattr(week, table)))
    yield from _repeated((f"/mission_types/{n}/code", kind.code) for n, kind in enumerate(week.mission_types))
    yield from _repeated((f"/pins/{n}/item_id", pin.item_id) for n, pin in enumerate(week.pins))
    yield from _repeated(
        (f"/sites/{n}/rooms/{k}/id", room.id)
        for n, site in enumerate(week.sites)
        for k, room in enumerate(site.rooms)
    )
    yield from _repeated(
        (f"/{table}/{n}/id", row.id)
        for table in ("missions", "actions", "meetings")
        for n, row in enumerate(getattr(week, table))
    )
    yield from _repeated(
        (f"/travel/{n}", " - ".join(sorted((pair.from_zone, pair.to_zone))))
        for n, pair in enumerate(week.travel)
    )
    yield from _repeated(
        (f"/reception/{n}", f"{need.site_id}, {DAY_NAMES[need.day]}") for n, need in enumerate(week.reception)
    )
    for n, pin in enumerate(week.pins):
        yield from _repeated(
            (f"/pins/{n}/professional_ids/{k}", id_) for k, id_ in enumerate(pin.professional_ids)
        )


DAY_NAMES = {
    "monday": "lundi",
    "tuesday": "mardi",
    "wednesday": "mercredi",
    "thursday": "jeudi",
    "friday": "vendredi",
}


def service_references(week: "Week") -> Iterator[Reference]:
    """Where services are named."""
    for table in ("sites", "professionals"):
        for n, row in enumerate(getattr(week, table)):
            yield from (
                (f"/{table}/{n}/service_ids/{k}", service) for k, service in enumerate(row.service_ids)
            )
    for n, action in enumerate(week.actions):
        yield from ((f"/actions/{n}/service_ids/{k}", id_) for k, id_ in enumerate(action.service_ids))
    yield from ((f"/meetings/{n}/service_id", meeting.service_id) for n, meeting in enumerate(week.meetings))


def site_references(week: "Week") -> Iterator[Reference]:
    """Where sites are named."""
    for n, service in enumerate(week.services):
        ids = enumerate(service.covered_site_ids)
        yield from ((f"/services/{n}/covered_site_ids/{k}", site) for k, site in ids)
    for table in ("professionals", "cases", "missions", "reception", "actions", "meetings"):
        yield from ((f"/{table}/{n}/site_id", row.site_id) for n, row in enumerate(getattr(week, table)))


def professional_references(week: "Week") -> Iterator[Reference]:
    """Where professionals are named, but for referents and followers."""
    for table in ("absences", "busy"):
        yield from (
            (f"/{table}/{n}/professional_id", s.professional_id) for n, s in enumerate(getattr(week, table))
        )
    for table in ("meetings", "pins"):
        for n, row in enumerate(getattr(week, table)):
            yield from (
                (f"/{table}/{n}/professional_ids/{k}", who) for k, who in enumerate(row.professional_ids)
            )


def type_references(week: "Week") -> Iterator[Reference]:
    """Where types are named."""
    for table in ("missions", "actions", "meetings"):
        yield from ((f"/{table}/{n}/type", row.type) for n, row in enumerate(getattr(week, table)))


def _repeated(values: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for where, value in values:
        if value in seen:
            yield Problem(where, f"« {value} » une deuxième fois", "une valeur qui n'est donnée qu'une fois")
        seen.add(value)


def _alike(values: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Ids that only capitals tell apart: one of them would be taken for somebody else."""
    seen: dict[str, str] = {}
    for where, value in values:
        known = seen.setdefault(value.casefold(), value)
        if known != value:
            yield Problem(where, f"« {value} », et ailleurs « {known} »", "un seul des deux, ou un autre nom")


def _followers(week: "Week") -> Iterator[Problem]:
    """A referent or follower whose name only capitals tell from someone's: who evaluates depends on it."""
    known = {professional.id for professional in week.professionals}
    alike = {id_.casefold(): id_ for id_ in known}
    for n, case in enumerate(week.cases):
        named = [(f"/cases/{n}/followers/{k}", who) for k, who in enumerate(case.followers)]
        for where, who in [(f"/cases/{n}/referent_id", case.referent_id or ""), *named]:
            if who not in known and who.casefold() in alike:
                yield Problem(where, f"aucun professionnel « {who} »", f"« {alike[who.casefold()]} »")


def _unknown(references: Iterable[Reference], known: Iterable[str], noun: str) -> Iterator[Problem]:
    names = frozenset(known)
    guesses = 0
    for where, value in references:
        if value is not None and value not in names:
            guesses += 1
            close = get_close_matches(value, sorted(names), n=1) if guesses <= MAX_GUESSES else []
            guess = f" (peut-être « {close[0]} » ?)" if close else f", comme {min(names)}" if names else ""
            article, name = noun.split(" ", 1)
            yield Problem(where, f"auc{article} {name} « {value} »", f"{noun} qui existe{guess}")
