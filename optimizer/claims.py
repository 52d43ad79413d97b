"""What a plan claims of itself and the judge does not find: one French sentence for each false claim.

A bound that is not above its value is not judged: only a solver could prove it again.
"""

from collections.abc import Iterator

from optimizer.check import Verdict
from optimizer.disturbance import DISTURBANCE
from optimizer.plan import Level, Plan, Status
from optimizer.rules import RuleLevel
from optimizer.sentences import level_label
from optimizer.week import Week

PRICED = (RuleLevel.COMMITMENT.value, RuleLevel.PREFERENCE.value)
REPLANNED = (RuleLevel.COMMITMENT.value, DISTURBANCE, RuleLevel.PREFERENCE.value)
"""The levels of a plan, and of a re-plan, whose disturbance only the published plan could tell."""
ROUNDING = 1e-6


def false_claims(week: Week, plan: Plan, verdict: Verdict) -> list[str]:
    """Every false claim of a plan; one that announces no level claims no figures."""
    return [
        *_of_levels(plan, verdict),
        *_of_status(plan),
        *_of_the_checker(plan, verdict),
        *_of_dates(week, plan),
    ]


def _of_levels(plan: Plan, verdict: Verdict) -> Iterator[str]:
    names = tuple(level.name for level in plan.levels)
    if names and names not in (PRICED, REPLANNED):
        yield f"niveaux annoncés : {', '.join(names)} ; attendus, dans cet ordre : {', '.join(PRICED)}"
    for level in plan.levels:
        if level.name in PRICED:
            yield from _of_level(level, verdict.value(level.name))
        elif level.name == DISTURBANCE:
            yield from _of_level(level, round(10 * level.value))


def _of_level(level: Level, found: int) -> Iterator[str]:
    """Value and bound against the judge's price in tenths, then the gaps against both."""
    label = level_label(level.name)
    if not _is_close(level.value * 10, found):
        yield f"{label} : {_shown(level.value)} points annoncés, {_shown(found / 10)} comptés par le juge"
    elif level.bound * 10 > found + ROUNDING:
        yield f"{label} : borne de {_shown(level.bound)} au-dessus de la valeur, {_shown(found / 10)}"
    right = Level.of(level.name, level.value, level.bound)
    for noun, claimed, expected in (
        ("écart", level.gap, right.gap),
        ("écart absolu", level.absolute_gap, right.absolute_gap),
    ):
        if not _is_close(claimed, expected):
            between = f"{_shown(expected)} entre la valeur et la borne"
            yield f"{label} : {noun} de {_shown(claimed)} annoncé, {between}"


def _of_status(plan: Plan) -> Iterator[str]:
    is_a_plan = plan.status in (Status.OPTIMAL, Status.FEASIBLE)
    rows = (plan.assignments, plan.reservations, plan.referents, plan.queue, plan.unserved)
    if not is_a_plan and any(rows):
        yield f"statut « {plan.status} » d'un plan qui a des lignes ; attendu : optimal ou feasible"
    open_levels = [level_label(level.name) for level in plan.levels if not _is_closed(level)]
    if plan.status is Status.OPTIMAL and open_levels:
        yield f"statut « optimal » alors qu'il reste un écart : {', '.join(open_levels)}"


def _is_closed(level: Level) -> bool:
    return all(_is_close(gap, 0) for gap in (level.gap, level.absolute_gap, level.value - level.bound))


def _of_the_checker(plan: Plan, verdict: Verdict) -> Iterator[str]:
    if plan.checker is not None and verdict.passed and not plan.checker.passed:
        yield "vérification annoncée comme manquée (checker.passed), alors qu'aucune règle n'est enfreinte"


def _of_dates(week: Week, plan: Plan) -> Iterator[str]:
    for row in plan.unserved:
        day = row.earliest_date
        if day < week.calendar.end or not week.calendar.is_working(day):
            yield (
                f"{row.mission_id} : au plus tôt le {day:%d/%m/%Y} ; attendu : un jour travaillé, "
                f"le {week.calendar.first_day_after:%d/%m/%Y} ou après"
            )


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) <= ROUNDING


def _shown(points: float) -> str:
    return f"{points:.10g}".replace(".", ",")
