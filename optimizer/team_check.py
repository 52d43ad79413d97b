"""The independent check of a composed team: its cost, its rules, its limits, and each of its plans.

It reads the request, the demand weeks and the answer, and shares nothing with the engine but these.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from optimizer.check import Verdict, judge
from optimizer.composed import ComposedTeam, OpenedPosts, ReachedWeek
from optimizer.hashes import hash_of_plan, hash_of_week
from optimizer.plan import Plan, Status
from optimizer.references import DAY_NAMES
from optimizer.scenarios import Scenario, default_patterns, with_people
from optimizer.team import Opening, Start, TeamRequest
from optimizer.week import WEEKDAYS, Professional, Week, Window
from optimizer.words import Profession, ServiceKind

DEMAND = (
    "horizon",
    "services",
    "sites",
    "travel",
    "mission_types",
    "cases",
    "missions",
    "reception",
    "actions",
)
"""What a demand week and the week with the team have alike."""
OF_OTHERS = ("organisation", "meetings", "absences", "busy", "pins")
"""What is as in the demand week, but for people who are not there."""
ONE_OCLOCK = 13 * 60
IN_ONE_PIECE = 240


def wrongs(
    team: ComposedTeam, scenarios: Sequence[Scenario], weeks: Sequence[Week], plans: Sequence[Plan]
) -> list[str]:
    """Everything that does not hold, one French sentence each."""
    return [
        *_of_figures(team),
        *_of_cost(team, scenarios[0].week),
        *_of_people(team, scenarios[0].week),
        *_of_rules(team, scenarios),
        *_of_weeks(team, scenarios, weeks, plans),
    ]


def _of_figures(team: ComposedTeam) -> Iterator[str]:
    """What the answer says of its own proof."""
    if (team.status is Status.OPTIMAL) != (team.cost <= team.bound):
        yield f"{team.status} avec un coût de {team.cost} et une borne de {team.bound}"
    gap = round((team.cost - team.bound) / max(1, team.cost), 6)
    if (team.gap, team.absolute_gap) != (gap, team.cost - team.bound):
        yield "l'écart annoncé n'est pas celui du coût et de la borne"
    if team.posts != sum(person.quotite for person in team.people) / 100:
        yield f"l'équipe n'a pas {team.posts} postes"


def _of_teams(one: ReachedWeek, week: Week, verdict: Verdict) -> Iterator[str]:
    """A team pays no less than what the judge finds of its missions and of its people, where the kind of a
    mission tells its service."""
    kinds = [service.kind for service in week.services]
    if len(set(kinds)) < len(kinds):
        return
    paid: Counter[ServiceKind] = Counter()
    for violation in verdict.commitments:
        if mission := week.mission.get(violation.item_id or ""):
            kind = week.types[mission.type].owner
        else:
            served = [who for who in violation.professional_ids if who in week.professional]
            kind = week.kind_of_service[week.professional[served[0]].service_ids[0]] if served else None
        if kind is not None:
            paid[kind] += violation.tenths or 0
    for mine in one.teams:
        found = sum(paid[week.kind_of_service[id_]] for id_ in mine.services) / 10
        if found > mine.value:
            yield f"en {one.name}, {', '.join(mine.services)} paie {found} au moins, non {mine.value}"


def _cost(request: TeamRequest, person: Professional) -> int:
    return round(request.cost_of(person.profession) * person.quotite / 100)


def _of_cost(team: ComposedTeam, week: Week) -> Iterator[str]:
    cost = sum(_cost(team.request, person) for person in team.people)
    if cost != team.cost:
        yield f"le coût est {cost}, non {team.cost}"
    if team.bound > team.cost:
        yield f"la borne {team.bound} dépasse le coût {team.cost}"
    before = sum(_cost(team.request, person) for person in week.professionals)
    if before != team.present_cost:
        yield f"l'équipe présente coûte {before}, non {team.present_cost}"


def _of_people(team: ComposedTeam, week: Week) -> Iterator[str]:
    """Everybody is somebody who stays or holds a post that may be opened; whoever must stay does."""
    request, ids = team.request, [person.id for person in team.people]
    if len(set(ids)) < len(ids):
        yield "quelqu'un est compté deux fois"
    opened = {id_: posts for posts in team.opened for id_ in posts.ids}
    patterns = request.patterns or default_patterns(week)
    for person in team.people:
        if person.id in opened:
            posts = opened[person.id]
            told = (posts.profession, (posts.service_id,), posts.site_id, posts.quotite)
            hours = {one.name: (one.quotite, one.windows) for one in patterns}.get(posts.pattern)
            is_held = hours == (person.quotite, person.windows)
            if told != (person.profession, person.service_ids, person.site_id, person.quotite) or not is_held:
                yield f"{person.id} ne tient pas le poste annoncé"
        elif week.professional.get(person.id) != person:
            yield f"{person.id} n'est ni présent ni sur un poste ouvert"
    for who in request.keep:
        if who not in ids:
            yield f"{who} devait rester"
    stay = [id_ for id_ in ids if id_ in week.professional]
    if sorted(stay) != sorted(team.kept) or set(team.closed) != set(week.professional) - set(stay):
        yield "la liste de qui reste ou part n'est pas celle de l'équipe"
    for id_ in stay:
        is_free = request.start is Start.NOTHING and id_ not in request.keep
        if is_free and week.professional[id_].profession is not Profession.SECR:
            yield f"{id_} ne devait pas être repris"


def _of_rules(team: ComposedTeam, scenarios: Sequence[Scenario]) -> Iterator[str]:
    week, rules = scenarios[0].week, team.request.rules
    for bound in team.request.bounds:
        count = sum(
            person.profession is bound.profession and bound.service_id in person.service_ids
            for person in team.people
        )
        if not bound.least <= count <= bound.most:
            yield f"{count} {bound.profession} dans {bound.service_id}"
    for opening in team.request.posts:
        count = sum(len(posts.ids) for posts in team.opened if _may_be(posts, opening))
        if not opening.least <= count <= opening.most:
            yield f"{count} postes {opening.profession} ouverts dans {opening.service_id}"
    for posts in team.opened if team.request.posts else ():
        if not any(_may_be(posts, opening) for opening in team.request.posts):
            yield f"un poste {posts.profession} de {posts.service_id} n'est pas de ceux qui peuvent s'ouvrir"
    asked = {item.type for one in scenarios for item in one.week.missions}
    for code in sorted(asked):
        if "*" in rules.two_people_for or code in rules.two_people_for:
            yield from _resilient(team, week, code)
    if rules.at_meetings:
        for one in scenarios:
            yield from _away_from_meetings(team, one.week)
    for service in (one.id for one in week.services if one.kind is ServiceKind.SECTEUR):
        mine = [person for person in team.people if service in person.service_ids]
        if rules.as_at_opening:
            yield from _without_as(mine, week, service)
        managers = sum(person.profession is Profession.CT for person in mine)
        others = sum(person.profession not in (Profession.CT, Profession.SECR) for person in mine)
        if rules.people_per_manager and others > rules.people_per_manager * managers:
            yield f"{others} personnes pour {managers} responsable(s) dans {service}"


def _away_from_meetings(team: ComposedTeam, week: Week) -> Iterator[str]:
    """Posts opened whose hours miss a dated meeting of their whole service (those held in one piece)."""
    opened = {id_ for posts in team.opened for id_ in posts.ids}
    people = [person for person in team.people if person.id in opened]
    for meeting in week.meetings:
        start = meeting.fixed_start
        if start is None or meeting.seats is not None or meeting.duration_minutes > IN_ONE_PIECE:
            continue
        begin = start.hour * 60 + start.minute
        for person in (one for one in people if meeting.service_id in one.service_ids):
            hours = [one.minutes for one in person.windows if WEEKDAYS.index(one.day) == start.weekday()]
            if not any(first <= begin and begin + meeting.duration_minutes <= last for first, last in hours):
                yield f"{person.id} n'est pas là pour {meeting.id}"


def _may_be(posts: OpenedPosts, opening: Opening) -> bool:
    is_named = not opening.patterns or posts.pattern in opening.patterns
    is_there = opening.site_id in (None, posts.site_id)
    is_kind = (posts.profession, posts.service_id) == (opening.profession, opening.service_id)
    return is_kind and is_named and is_there


def _resilient(team: ComposedTeam, week: Week, code: str) -> Iterator[str]:
    kind = week.types[code]
    able = sum(
        kind.may_be_done_by(person.profession)
        and (kind.owner is None or kind.owner in {week.kind_of_service[id_] for id_ in person.service_ids})
        for person in team.people
    )
    if able < 2:
        yield f"{able} personne(s) pour faire {code}"


def _without_as(people: Sequence[Professional], week: Week, service: str) -> Iterator[str]:
    sites = [site for site in week.sites if service in site.service_ids and site.opening]
    for day in WEEKDAYS:
        for half, name in enumerate(("matin", "après-midi")):
            opened = sum(_is_there(site.opening, day, half) for site in sites)
            there = sum(
                person.profession is Profession.AS and _is_there(person.windows, day, half)
                for person in people
            )
            if people and there < opened:
                yield f"{there} AS dans {service} pour {opened} site(s) ouvert(s), {DAY_NAMES[day]} {name}"


def _is_there(windows: Sequence[Window], day: str, half: int) -> bool:
    """Whether some hours of a weekday lie before 13:00, or after it."""
    mine = (one.minutes for one in windows if one.day == day)
    return any(begin < ONE_OCLOCK if half == 0 else end > ONE_OCLOCK for begin, end in mine)


def _of_weeks(
    team: ComposedTeam, scenarios: Sequence[Scenario], weeks: Sequence[Week], plans: Sequence[Plan]
) -> Iterator[str]:
    told = team.weeks
    if not len(told) == len(scenarios) == len(weeks) == len(plans):
        yield "il n'y a pas un plan par semaine"
        return
    reached = 0
    for one, scenario, week, plan in zip(told, scenarios, weeks, plans, strict=True):
        asked = with_people(scenario.week, week.professionals)
        if any(getattr(week, name) != getattr(asked, name) for name in (*DEMAND, *OF_OTHERS)):
            yield f"{one.name} n'est pas la semaine demandée"
        if week.professionals != team.people:
            yield f"{one.name} n'est pas planifiée avec l'équipe"
        verdict = judge(week, plan)
        value = verdict.value("commitments") / 10
        if not verdict.passed:
            yield f"le plan de {one.name} enfreint une règle : {verdict.hard[0]}"
        is_reached = one.value <= one.target and all(mine.value <= mine.target for mine in one.teams)
        if value != one.value or is_reached != one.is_reached:
            yield f"{one.name} vaut {value}, non {one.value}"
        yield from _of_teams(one, week, verdict)
        if (hash_of_week(week), hash_of_plan(plan)) != (one.week_hash, one.plan_hash):
            yield f"{one.name} : d'autres empreintes"
        reached += verdict.passed and is_reached
    if 100 * reached < team.request.share_percent * len(told):
        yield f"{reached} semaine(s) atteinte(s) sur {len(told)}"
