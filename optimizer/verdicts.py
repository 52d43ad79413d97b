"""The judge's verdict as a reader and as a program read it."""

from collections import Counter

from rich.console import Console
from rich.table import Table

from optimizer.check import Verdict, in_words
from optimizer.claims import PRICED
from optimizer.files.labels import number
from optimizer.hashes import hash_of_plan, hash_of_week
from optimizer.plan import Plan
from optimizer.rules import RULES, RuleLevel, Violation
from optimizer.sentences import level_label
from optimizer.telling import Json
from optimizer.week import Week

REPRICED = (
    "Aucune règle n'est enfreinte : seul ce que le plan annonce est refusé. « check … -o PLAN.json » écrit "
    "ce plan avec les chiffres du juge."
)


def warnings(week: Week, plan: Plan) -> list[str]:
    """What a plan does not claim, and what its provenance says of the week and the plan at hand."""
    found = [] if plan.levels else ["ce plan n'annonce aucun chiffrage ; seules les règles sont jugées."]
    if plan.provenance is None:
        return found
    if plan.provenance.week_hash != hash_of_week(week):
        found.append("ce plan a été calculé pour une autre version de cette semaine.")
    if plan.provenance.plan_hash != hash_of_plan(plan):
        found.append("ce plan a été modifié depuis son calcul.")
    return found


def verdict_json(verdict: Verdict, claims: list[str], is_rewritten: bool = False) -> Json:
    """Every violation, what the levels cost, and what the plan claims wrongly."""
    return {
        "passed": verdict.passed and (is_rewritten or not claims),
        "violations": [_violation(one) for one in verdict.hard],
        "false_claims": claims,
        "levels": [{"name": name, "value": verdict.value(name) / 10} for name in PRICED],
        "commitments": [_violation(one) for one in verdict.commitments],
        "preferences": [_violation(one) for one in verdict.preferences],
    }


def _violation(violation: Violation) -> Json:
    return {
        "rule": violation.rule,
        "sentence": violation.sentence,
        "amount": violation.amount,
        "unit": violation.unit,
        "points": None if violation.tenths is None else violation.tenths / 10,
        "item_id": violation.item_id,
        "professional_ids": list(violation.professional_ids),
        "when": violation.when.isoformat() if violation.when else None,
    }


def show_verdict(console: Console, verdict: Verdict, claims: list[str], is_rewritten: bool = False) -> None:
    """Every rule broken, one line each, then what is paid for, rule by rule."""
    if not verdict.passed or (claims and not is_rewritten):
        console.print(f"Plan refusé : {len(verdict.hard) + len(claims)} infraction(s).")
    else:
        console.print("Plan accepté : aucune règle n'est enfreinte.")
    if claims and is_rewritten:
        console.print("Ce que le plan annonçait n'était pas juste ; ses chiffres sont refaits par le juge :")
    for violation in verdict.hard:
        console.print(f"- {in_words(violation)}", soft_wrap=True)
    for claim in claims:
        console.print(f"- annoncé à tort : {claim}", soft_wrap=True)
    if claims and verdict.passed and not is_rewritten:
        console.print(REPRICED, soft_wrap=True)
    console.print(_paid(verdict))


def _paid(verdict: Verdict) -> Table:
    table = Table(title="Ce que le plan coûte", title_justify="left")
    table.add_column("Niveau")
    table.add_column("Règle")
    table.add_column("Fois", justify="right")
    table.add_column("Points", justify="right")
    for level, found in (
        (RuleLevel.COMMITMENT, verdict.commitments),
        (RuleLevel.PREFERENCE, verdict.preferences),
    ):
        times = Counter(violation.rule for violation in found)
        for rule in (rule for rule in RULES if rule.level is level and times[rule.code]):
            points = number(verdict.tenths_of(rule.code) / 10)
            table.add_row(level_label(level.value), rule.name, str(times[rule.code]), points)
        table.add_row(level_label(level.value), "total", "", number(verdict.value(level.value) / 10))
    return table
