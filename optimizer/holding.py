"""What can be planned of a week some of whose teams contradict themselves: all the others.

A team that contradicts itself is left out whole, with what it was asked: half of its week would be a plan
that its manager never saw. Nothing of it is in the plan, which says so by name.
"""

from dataclasses import dataclass

from pydantic import ValidationError

from optimizer.contradictions import contradictions
from optimizer.engines.division import Division
from optimizer.engines.part_weeks import PartWeeks
from optimizer.engines.sharing import Part
from optimizer.plan import LeftOut, Plan
from optimizer.week import Week


@dataclass(frozen=True)
class Holding:
    """The week without the teams that contradict themselves, and these."""

    week: Week
    left_out: tuple[LeftOut, ...]


def week_of(week: Week, plan: Plan) -> tuple[Week, list[str]]:
    """The week that a plan answers: without the teams that it leaves out, where these contradict themselves;
    and what it says wrongly of them, in French."""
    if not plan.left_out:
        return week, []
    holding = what_holds(week)
    told = [(left.services, left.item_ids) for left in plan.left_out]
    if holding is not None and told == [(left.services, left.item_ids) for left in holding.left_out]:
        return holding.week, []
    names = ", ".join(service for left in plan.left_out for service in left.services)
    found = ", ".join(service for left in (holding.left_out if holding else ()) for service in left.services)
    right = f"ce qui se contredit est {found}" if found else "cette semaine ne contredit aucune équipe seule"
    return week, [f"équipes laissées de côté ({names}), avec leurs éléments ; {right}"]


def what_holds(week: Week) -> Holding | None:
    """The week without the parts that contradict themselves; None when nothing holds without them, or when
    what contradicts is no part's own."""
    division = Division(week)
    weeks = PartWeeks(division)
    alone = {part: weeks.relaxed(part) for part in division.parts}
    facts = {part: tuple(found) for part, one in alone.items() if (found := contradictions(one))}
    if not facts or len(facts) >= len(division.staffed):
        return None
    try:
        rest = Week.model_validate(weeks.without(facts).model_dump())
    except ValidationError:
        return None
    if contradictions(rest):
        return None
    planned = set(_items(rest))
    whose = {id_: part for part in facts for id_ in _items(alone[part])}
    lost: dict[Part, list[str]] = {part: [] for part in facts}
    for item in (id_ for id_ in _items(week) if id_ not in planned):
        lost[whose.get(item, next(iter(facts)))].append(item)
    left_out = tuple(
        LeftOut(services=_services(division, part), facts=facts[part], item_ids=tuple(lost[part]))
        for part in facts
    )
    return Holding(rest, left_out)


def _services(division: Division, part: Part) -> tuple[str, ...]:
    services = (service.id for service in division.week.services)
    return tuple(service for service in services if division.part_of(service) == part)


def _items(week: Week) -> list[str]:
    return [item.id for table in (week.missions, week.actions, week.meetings) for item in table]
