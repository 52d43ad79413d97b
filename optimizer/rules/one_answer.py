"""Everything has exactly one answer: placed, queued or unserved; a request is never left without a date.

Source: H4.1 (proposition 4); docs/semantics.md, section 5. A meeting without seats needs no answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each item with no answer or several, each request left aside, each queued thing that is no request."""
    week, plan = reading.week, reading.plan
    answers = Counter([*reading.parts, *(row.mission_id for row in plan.queue)])
    answers.update(row.mission_id for row in plan.unserved)
    for item in dict.fromkeys((*week.mission, *week.action, *week.meeting)):
        times = answers[item]
        is_optional = item in week.meeting and week.meeting[item].seats is None
        if times == 0 and not is_optional:
            yield _violation(item, f"{item} n'a pas de réponse : ni placé, ni en file, ni non réalisé")
        if times > 1:
            yield _violation(item, f"{item} a {times} réponses au lieu d'une", times - 1)
    requests = {mission.id for mission in week.missions if _is_request(reading, mission.type)}
    for queued in plan.queue:
        if queued.mission_id not in requests:
            yield _violation(
                queued.mission_id, f"{queued.mission_id} est en file sans être une demande d'accueil"
            )
    for left in plan.unserved:
        if left.mission_id in requests:
            yield _violation(left.mission_id, f"la demande {left.mission_id} n'a pas de date")


def _is_request(reading: Reading, code: str) -> bool:
    kind = reading.week.types.get(code)
    return kind is not None and kind.request


def _violation(item: str, sentence: str, amount: int = 1) -> Violation:
    return Violation("H4.1", sentence, amount, "réponses", item_id=item)


def post(model: BucketModel) -> None:
    """Each mission is placed, queued (a request) or left; each action is held once or left."""
    for bundle in model.bundles:
        left = each(variable for _, variable in model.left(bundle))
        if not bundle.kind.splittable:
            placed = each(variable for _, variable in model.placed(bundle))
            model.equal(bundle.count, "placed", (bundle.name,), placed, left)
            continue
        writers = each(variable for _, variable in model.doing(bundle))
        left = [(variable, bundle.people) for variable, _ in left]
        model.equal(bundle.people, "placed", (bundle.name,), writers, left)
    for action in model.actions():
        held = each(model.action_held[action.id].values())
        model.equal(1, "action", (action.id,), held, each([model.action_unplaced[action.id]]))


RULE = Rule("H4.1", "Une réponse pour chacun", "proposition 4", RuleLevel.NEVER, check, post)
