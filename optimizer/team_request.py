"""What is wrong with a request to compose a team, set against its demand weeks."""

from collections.abc import Iterator, Sequence

from optimizer.errors import Problem
from optimizer.scenarios import Scenario
from optimizer.team import Bounds, Opening, TeamRequest
from optimizer.week import Week
from optimizer.words import Profession


def request_problems(request: TeamRequest, scenarios: Sequence[Scenario]) -> Iterator[Problem]:
    """Every name that nothing bears, every bound that contradicts another, every cost that lacks."""
    week = scenarios[0].week
    for n, who in enumerate(request.keep):
        if who not in week.professional:
            expected = f"quelqu'un de {scenarios[0].name}"
            yield Problem(f"/keep/{n}", f"aucun professionnel « {who} »", expected)
    services, patterns = {one.id for one in week.services}, {one.name for one in request.patterns}
    for n, opening in enumerate(request.posts):
        yield from _wrong_opening(opening, f"/posts/{n}", week, patterns)
    yield from _apart(request.posts)
    for n, bound in enumerate(request.bounds):
        if bound.service_id not in services:
            yield _no_service(f"/bounds/{n}/service_id", bound.service_id, week)
        yield from _wrong_bound(bound, f"/bounds/{n}", request, week)
    yield from _contradicting(request.bounds)
    for n, code in enumerate(request.rules.two_people_for):
        if code != "*" and code not in week.types:
            expected = "« * » ou un type de mission"
            yield Problem(f"/rules/two_people_for/{n}", f"aucun type « {code} »", expected)
    yield from _missing_costs(request, week)


def _wrong_opening(opening: Opening, where: str, week: Week, patterns: set[str]) -> Iterator[Problem]:
    if opening.service_id not in week.kind_of_service:
        yield _no_service(f"{where}/service_id", opening.service_id, week)
        return
    sites = [site.id for site in week.sites if opening.service_id in site.service_ids]
    if opening.site_id and opening.site_id not in sites:
        expected = f"un site de {opening.service_id} : {', '.join(sites) or 'aucun'}"
        yield Problem(f"{where}/site_id", f"« {opening.site_id} »", expected)
    if not sites:
        yield Problem(
            f"{where}/service_id", f"« {opening.service_id} », sans site", "un service qui a un site"
        )
    for k, name in enumerate(opening.patterns):
        if patterns and name not in patterns:
            expected = f"un temps défini dans « patterns » : {', '.join(sorted(patterns))}"
            yield Problem(f"{where}/patterns/{k}", f"aucun temps « {name} »", expected)


def _apart(posts: Sequence[Opening]) -> Iterator[Problem]:
    """Posts of one kind are opened at sites that are named, or at any: at both, nobody could tell which of
    two numbers a post counts for."""
    named = {(one.profession, one.service_id) for one in posts if one.site_id}
    for n, one in enumerate(posts):
        if one.site_id is None and (one.profession, one.service_id) in named:
            found = f"des postes {one.profession} de {one.service_id} sans site, et d'autres à un site"
            yield Problem(f"/posts/{n}/site_id", found, "un site pour chacun, ou pour aucun")


def _wrong_bound(bound: Bounds, where: str, request: TeamRequest, week: Week) -> Iterator[Problem]:
    """Those who must stay, and posts that must be opened, are no more than the most."""
    kept = [
        who
        for who in request.keep
        if who in week.professional
        and week.professional[who].profession is bound.profession
        and bound.service_id in week.professional[who].service_ids
    ]
    opened = sum(
        one.least
        for one in request.posts
        if one.profession is bound.profession and one.service_id == bound.service_id
    )
    if len(kept) + opened > bound.most:
        found = f"au plus {bound.most} {bound.profession}, mais {len(kept)} qui restent et {opened} à ouvrir"
        yield Problem(f"{where}/most", found, f"au moins {len(kept) + opened}")


def _contradicting(bounds: Sequence[Bounds]) -> Iterator[Problem]:
    """Two bounds of one profession in one service that no number keeps."""
    least: dict[tuple[Profession, str], int] = {}
    most: dict[tuple[Profession, str], int] = {}
    for n, one in enumerate(bounds):
        kind = one.profession, one.service_id
        least[kind] = max(one.least, least.get(kind, 0))
        most[kind] = min(one.most, most.get(kind, one.most))
        if least[kind] > most[kind]:
            found = f"au moins {least[kind]} et au plus {most[kind]} {one.profession} dans {one.service_id}"
            yield Problem(f"/bounds/{n}", found, "des bornes qui tiennent ensemble")


def _missing_costs(request: TeamRequest, week: Week) -> Iterator[Problem]:
    """Costs are all the département's, or all the default."""
    if not request.costs:
        return
    asked = {person.profession for person in week.professionals} | {one.profession for one in request.posts}
    for profession in (one for one in Profession if one in asked and one not in request.costs):
        yield Problem(f"/costs/{profession}", "aucun coût", "des euros par an pour un temps plein")


def _no_service(where: str, name: str, week: Week) -> Problem:
    return Problem(where, f"aucun service « {name} »", ", ".join(service.id for service in week.services))
