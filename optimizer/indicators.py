"""What a plan does for the five propositions: the R codes of the field's facts, as plain figures.

Nothing here ranks people: loads appear as the spread of the whole team. Only the training days that someone
still lacks are told by person, as H3.1 asks. Figures that rest on an assumption
are listed under `R_assumptions`.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from statistics import median

from optimizer.done import days_late, done_days, evaluations, type_of
from optimizer.figures import hours, percentile_90, share, spread
from optimizer.freed import (
    WORKED_WEEKS_A_YEAR,
    collective_time,
    full_time_minutes,
    minutes_freed_by_contracts,
    minutes_freed_by_evaluations,
    minutes_not_placed,
    paid_in_horizon,
    people_apart,
    people_of,
    training_days_missing,
    training_minutes,
    travel_minutes,
)
from optimizer.paid import Presence
from optimizer.plan import Plan, Reason
from optimizer.week import CollectiveAction, Mission, Professional, Week
from optimizer.words import Aptitude, ServiceKind

ASSUMPTIONS = {
    "R2.7_hours_freed": "hypothèse : sans service distinct, l'équipe de secteur ferait toutes ces heures",
    "R3.7_hours": f"hypothèses : la formation est répartie sur {WORKED_WEEKS_A_YEAR} semaines par an, et les "
    "heures ne sont libérées que si les services distincts ont leurs propres postes",
    "R3.7_missing_fte": "hypothèse : un temps plein fait les heures de cette semaine, ramenées à 100 %",
    "S1.6_steps": "hypothèse : un déplacement par site et par jour",
}

Figures = dict[str, object]
Nested = dict[str, dict[str, float | None]]


def indicators(week: Week, plan: Plan) -> dict[str, object]:
    """Every R code of a plan, by key; the values are numbers, texts and objects that JSON can hold."""
    presence = Presence(week)
    return {
        **_steps(week, plan),
        **_evaluations(week, plan),
        **_collective(presence, plan),
        **_training(week, plan),
        **_hours_against_need(presence, plan),
        **_missing_fte(presence, plan),
        **_requests(week, plan),
        **_professions(week, plan),
        **_loads(presence, plan),
        "R_assumptions": dict(ASSUMPTIONS),
    }


def _steps(week: Week, plan: Plan) -> Figures:
    """P1's pitfall: how often and to how many places a household has to go."""
    steps: defaultdict[str, set[tuple[str, date]]] = defaultdict(set)
    contract: set[str] = set()
    for row in plan.assignments:
        mission = week.mission.get(row.mission_id)
        if mission and mission.case_id and row.site_id and row.place == "site":
            steps[mission.case_id].add((row.site_id, row.start.date()))
            if type_of(week, mission).contractual and row.site_id != week.case[mission.case_id].site_id:
                contract.add(mission.case_id)
    trips = [len(found) for found in steps.values()]
    places = [len({site for site, _ in found}) for found in steps.values()]
    return {
        "S1.6_steps": spread(trips) | {"households": len(trips)},
        "S1.6_places": spread(places),
        "S1.6_households_at_a_contract_place_apart": len(contract),
    }


def _evaluations(week: Week, plan: Plan) -> Figures:
    """P2: evaluations late, and what the distinct service costs in travel and impossible pairs."""
    late = days_late(week, plan)
    cases = evaluations(week)
    behind = sum(any(late[mission.id] > 0 for mission in missions) for missions in cases.values())
    evaluators = {person.id for person in people_of(week, ServiceKind.EVALUATION)}
    no_pair = sum(row.reason is Reason.NO_PAIR for row in plan.unserved)
    return {
        "R2.7_evaluations": len(cases),
        "R2.7_evaluations_late": behind,
        "R2.7_share_late": share(behind, len(cases)),
        "R2.7_travel_hours": hours(travel_minutes(plan, evaluators)),
        "R2.7_pairs_impossible": no_pair,
        "R2.7_hours_freed": {
            "P1": hours(minutes_freed_by_contracts(week)),
            "P2": hours(minutes_freed_by_evaluations(week)),
        },
    }


def _collective(presence: Presence, plan: Plan) -> Figures:
    """P3: collective time held and reserved against the quota."""
    time = collective_time(presence, plan)
    return {
        "R3_collective_hours": {
            "held": hours(sum(time.held.values())),
            "reserved": hours(sum(time.reserved.values())),
            "quota": hours(sum(time.quota.values())),
            "missing": hours(time.missing),
        }
    }


def _training(week: Week, plan: Plan) -> Figures:
    """P3: training days of the year that the sector team still lacks after the plan, and who lacks them."""
    missing = training_days_missing(week, plan)
    return {
        "H3.1_training_days": {
            "quota": week.organisation.isic_days_per_year * len(missing),
            "missing": round(sum(missing.values()), 1),
        },
        "H3.1_training_days_missing": {person: days for person, days in sorted(missing.items()) if days},
    }


def _hours_against_need(presence: Presence, plan: Plan) -> Figures:
    """Hours that P1 and P2 free against what P3 asks for, with and without posts of their own."""
    week = presence.week
    freed = minutes_freed_by_contracts(week) + minutes_freed_by_evaluations(week)
    quota = sum(collective_time(presence, plan).quota.values())
    training = training_minutes(week)
    posts = sum(paid_in_horizon(presence, person) for person in people_apart(week))
    return {
        "R3.7_hours": {
            "freed_by_P1": hours(minutes_freed_by_contracts(week)),
            "freed_by_P2": hours(minutes_freed_by_evaluations(week)),
            "needed_by_P3_quota": hours(quota),
            "needed_by_P3_training": hours(training),
            "balance_with_posts_of_their_own": hours(freed - quota - training),
            "balance_with_posts_taken_from_the_team": hours(freed - quota - training - posts),
        }
    }


def _missing_fte(presence: Presence, plan: Plan) -> Figures:
    """What was due and is not placed, and collective time not kept, in full-time posts by kind of service."""
    week = presence.week
    lacking = minutes_not_placed(week, plan)
    lacking[ServiceKind.SECTEUR] += collective_time(presence, plan).missing
    kinds = sorted({*week.kind_of_service.values(), *lacking})
    full_time = full_time_minutes(week)
    return {"R3.7_missing_fte": {kind.value: share(lacking[kind], full_time) for kind in kinds}}


def _requests(week: Week, plan: Plan) -> Figures:
    """P4: delay of requests by site and class, in working days, and how many wait beyond the horizon."""
    done = done_days(week, plan)
    delays: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    asked = [mission for mission in week.missions if type_of(week, mission).request]
    for mission in asked:
        days = week.calendar.working_days_between(mission.received, done[mission.id])
        urgency = mission.urgency.value if mission.urgency else "ordinary"
        delays[mission.site_id or "", urgency].append(days)
    waiting: defaultdict[str, int] = defaultdict(int)
    for row in plan.queue:
        waiting[week.mission[row.mission_id].site_id or ""] += 1
    everyone = [days for found in delays.values() for days in found]
    return {
        "R4.7_delay_median_days": _by_site({key: median(found) for key, found in delays.items()}),
        "R4.7_delay_p90_days": _by_site({key: percentile_90(found) for key, found in delays.items()}),
        "R4.7_delay_max_days": _by_site({key: max(found) for key, found in delays.items()}),
        "R4.7_delay_all_days": spread(everyone) | {"p90": percentile_90(everyone)},
        "R4.7_requests": len(asked),
        "R4.7_share_without_reason": share(sum(mission.reason is None for mission in asked), len(asked)),
        "R4.7_waiting": len(plan.queue),
        "R4.7_waiting_by_site": dict(sorted(waiting.items())),
    }


def _professions(week: Week, plan: Plan) -> Figures:
    """P5: the share of hours that each profession spends on its core missions, and what nobody may do."""
    core: defaultdict[str, int] = defaultdict(int)
    whole: defaultdict[str, int] = defaultdict(int)
    for row in plan.assignments:
        item = week.mission.get(row.mission_id) or week.action.get(row.mission_id)
        if item is None or type_of(week, item).owner is None:
            continue
        for person in row.professional_ids:
            profession = week.professional[person].profession
            minutes = int((row.end - row.start).total_seconds()) // 60
            whole[profession] += minutes
            core[profession] += minutes * (type_of(week, item).aptitude(profession) is Aptitude.CORE)
    uncovered: defaultdict[str, int] = defaultdict(int)
    for lack in plan.unserved:
        found: Mission | CollectiveAction | None = week.mission.get(lack.mission_id) or week.action.get(
            lack.mission_id
        )
        if found and lack.reason is Reason.NO_PROFESSION:
            uncovered[found.type] += 1
    return {
        "R5.2_core_share": {name: share(core[name], minutes) for name, minutes in sorted(whole.items())},
        "R5.4_not_covered_by_profession": dict(sorted(uncovered.items())),
    }


def _loads(presence: Presence, plan: Plan) -> Figures:
    """The spread of mission hours per full-time post in the sector team; no person is named."""
    week = presence.week
    minutes: defaultdict[str, int] = defaultdict(int)
    for row in plan.assignments:
        if row.mission_id in week.mission:
            for person in row.professional_ids:
                minutes[person] += int((row.end - row.start).total_seconds()) // 60
    full_time = full_time_minutes(week)
    able = [person for person in people_of(week, ServiceKind.SECTEUR) if _may_follow(week, person)]
    rates = [
        round(minutes[person.id] / paid * full_time / 60, 1)
        for person in able
        if (paid := paid_in_horizon(presence, person))
    ]
    return {"R_load_hours_per_fte": spread(rates) | {"people": len(rates)}}


def _may_follow(week: Week, person: Professional) -> bool:
    return week.types["SUIVI"].may_be_done_by(person.profession)


def _by_site(values: Mapping[tuple[str, str], float | None]) -> Nested:
    """Figures by site, then by class."""
    found: defaultdict[str, dict[str, float | None]] = defaultdict(dict)
    for (site, urgency), value in sorted(values.items()):
        found[site][urgency] = value
    return dict(found)
