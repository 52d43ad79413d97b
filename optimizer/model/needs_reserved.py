"""What no mission names, of pools: reception duty, urgency hours, shares of writing and collective time."""

from typing import TYPE_CHECKING

from optimizer.clock import GRID_MINUTES, grid_steps
from optimizer.linear import Part, Variable, each
from optimizer.model.pools import Pool, is_floating, label
from optimizer.model.time_of_half_days import URGENCY_MINUTES
from optimizer.organisation import tenths
from optimizer.week import Professional

if TYPE_CHECKING:
    from optimizer.model.needs import Needs


def duties(needs: "Needs", pool: Pool, slot: int) -> list[Variable]:
    """Duty of a pool in a half-day, a variable a site."""
    if (pool, slot) in needs.duty:
        return needs.duty[pool, slot]
    found = []
    for site, (people, _) in needs.cover.get(slot, {}).items():
        hours = needs.board.duty_hours[site, slot]
        able = [
            person
            for person in needs.pools[pool]
            if site in needs.board.posts(person)
            and needs.board.may_do(person, "ACCUEIL")
            and (person.id, slot) in needs.half_days
            and needs.half_days[person.id, slot].holds((hours,))
        ]
        if not able or not people:
            continue
        variable = needs.variable("duty", (*label(pool), site, slot), people)
        found.append(variable)
        length = grid_steps(hours[1] - hours[0])
        needs.time[pool, slot].append((variable, length - length // 2))
        needs.outside_duty[pool, slot].append((variable, length))
        needs.whole_beside_duty[pool, slot].append((variable, length))
        needs.row(
            "on_duty",
            (*label(pool), site, slot),
            [(variable, 1)],
            needs.there(able, -1),
            upper=0,
        )
        needs.covering[site, slot].append(variable)
    needs.duty[pool, slot] = found
    return found


def post_reception(needs: "Needs") -> None:
    weights = needs.week.organisation.commitments
    for slot, sites in needs.cover.items():
        for pool in needs.pools:
            duties(needs, pool, slot)
        for site, (people, hours) in sites.items():
            if site not in needs.received_sites:
                continue
            if people:
                missing = needs.shortfall(
                    "uncovered", (site, slot), people, tenths(weights.reception_missing)
                )
                needs.row("cover", (site, slot), each((*needs.covering[site, slot], missing)), lower=people)
            if hours:
                _post_urgency(needs, site, slot, hours, tenths(weights.urgency_hour_missing))


def _post_urgency(needs: "Needs", site: str, slot: int, hours: int, price: int) -> None:
    kept = []
    for pool, people in needs.pools.items():
        able = [
            person
            for person in people
            if site in needs.board.posts(person)
            and needs.board.may_do(person, "URGENCE")
            and (person.id, slot) in needs.half_days
        ]
        if able:
            variable = needs.variable("urgency", (*label(pool), site, slot), hours)
            kept.append(variable)
            needs.use(pool, slot, variable, grid_steps(URGENCY_MINUTES), grid_steps(URGENCY_MINUTES))
            needs.row(
                "urgency",
                (*label(pool), site, slot),
                [(variable, 1)],
                needs.there(able, -1),
                upper=0,
            )
    missing = needs.shortfall("no_urgency", (site, slot), hours, price)
    needs.row("urgency_cover", (site, slot), each((*kept, missing)), lower=hours)


def post_quotas(needs: "Needs") -> None:
    """Writing and collective time, added up over each pool of the sector team."""
    organisation, sector = needs.week.organisation, {person.id for person in needs.board.sector_people()}
    weights = organisation.commitments
    shares = (
        (
            "collective",
            organisation.collective_share_percent,
            weights.collective_minute_missing,
            needs.collective,
        ),
        ("writing", organisation.writing_share_percent, weights.writing_minute_missing, needs.written),
    )
    for pool, people in needs.pools.items():
        mine = [person for person in people if person.id in sector and not is_floating(person)]
        for week in range(needs.week.horizon.weeks) if mine else ():
            for what, share, minute, rows in shares:
                _post_quota(
                    needs, what, pool, mine, week, share, GRID_MINUTES * tenths(minute), rows[pool, week]
                )


def _post_quota(
    needs: "Needs",
    what: str,
    pool: Pool,
    people: list[Professional],
    week: int,
    share: int,
    price: int,
    rows: Part,
) -> None:
    quotas = {p.id: grid_steps(needs.board.paid_minutes(p, week) * share // 100) for p in people}
    most = sum(needs.statement.uppers[needs.counts[person]] * quota for person, quota in quotas.items())
    if not most:
        return
    whom = (*label(pool), week)
    missing = needs.shortfall(f"{what}_missing", whom, most, price)
    days = set(needs.board.calendar.days_of_week(week))
    slots = {key[1] for p in people for key in needs.keys_of(p.id) if needs.half_days[key].day in days}
    kept = []
    for slot in sorted(slots):
        variable = needs.variable(what, (*whom, slot), most)
        kept.append(variable)
        needs.use(pool, slot, variable, 1, in_duty=what == "writing")
    asked = [(needs.counts[person], -quota) for person, quota in quotas.items()]
    needs.row(f"{what}_quota", whom, each((*kept, missing)), rows, asked, lower=0)
