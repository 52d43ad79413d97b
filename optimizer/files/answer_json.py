"""The answers about a plan as JSON documents, for other programs."""

from collections.abc import Iterable
from itertools import zip_longest

from optimizer.answers.changes import Change
from optimizer.answers.contradiction import Contradiction
from optimizer.answers.evaluate import Evaluation
from optimizer.answers.exact import Exact
from optimizer.answers.explain import WhyNot, WhyThis
from optimizer.answers.recommend import Choice, Recommendation
from optimizer.answers.replan import Replanned
from optimizer.check import NAMES
from optimizer.claims import PRICED
from optimizer.disturbance import WEIGHTS, Shift
from optimizer.files import answer_words
from optimizer.plan import Assignment
from optimizer.rules import Violation
from optimizer.standing import Effect
from optimizer.week import Week

Json = dict[str, object]


def evaluation_json(answer: Evaluation) -> Json:
    """Whether a change is allowed, what it breaks and what it costs."""
    return {
        "allowed": answer.effect.is_allowed,
        "broken": [_violation(one) for one in answer.effect.broken],
        **_effect(answer.effect),
        "received": list(answer.received),
        "told": [
            {"item_id": item, "professional_ids": whom, "household": item in answer.households}
            for item, whom in answer.told.items()
        ],
    }


def recommendation_json(week: Week, answer: Recommendation) -> Json:
    """The best places for a request, or its date in the queue."""
    return {
        "mission_id": answer.mission.id,
        "choices": [_choice(week, answer, one) for one in answer.choices],
        "queue_date": answer.queue_date,
    }


def _choice(week: Week, answer: Recommendation, choice: Choice) -> Json:
    return {
        "assignment": _row(choice.row),
        "reasons": list(answer_words.facts_for(week, answer.mission, choice.row)),
        **_effect(choice.effect),
        "received": list(choice.received),
    }


def why_not_json(week: Week, answer: WhyNot, reason: str | None) -> Json:
    """Why a mission is late or not placed, and what would change it."""
    return {
        "mission_id": answer.mission.id,
        "question": "why_not",
        "until": answer.until,
        "done": answer.done,
        "conflict": None
        if answer.conflict is None
        else [{"kind": fact.kind, "about": fact.about} for fact in answer.conflict],
        "short": vars(answer.short) if answer.short else None,
        "changes": [_change(*one) for one in zip_longest(answer.changes, answer.exact)],
        "sentences": list(answer_words.why_not(week, answer, reason)),
    }


def why_this_json(week: Week, answer: WhyThis) -> Json:
    """Why these people and this time, and the best of the other choices."""
    return {
        "mission_id": answer.mission.id,
        "question": "why_this",
        "assignments": [_row(row) for row in answer.rows],
        "paid": [_violation(one) for one in answer.paid],
        "other_people": _other(answer.other_people),
        "other_time": _other(answer.other_time),
        "sentences": list(answer_words.why_this(week, answer)),
    }


def _other(choice: Choice | None) -> Json | None:
    return None if choice is None else {"assignment": _row(choice.row), **_effect(choice.effect)}


def _change(change: Change, exact: Exact | None) -> Json:
    replanned: Json = (
        {
            "exact": {
                "differences": dict(zip(PRICED, exact.differences, strict=True)),
                "least": exact.least,
                "most": exact.most,
            }
        }
        if exact
        else {}
    )
    return {
        "kind": change.kind,
        "assignment": _row(change.row),
        "about": change.about or None,
        "other": change.other,
        "other_assignment": _row(change.other_row) if change.other_row else None,
        "other_date": change.other_date,
        "due": change.until,
        "duration_minutes": change.minutes,
        "received": list(change.received),
        **_effect(change.effect),
        **replanned,
    }


def _effect(effect: Effect) -> Json:
    return {
        "levels": [
            {"name": one.name, "before": one.before, "after": one.after, "difference": one.difference}
            for one in effect.prices
        ],
        "worse": _violations(effect.worse),
        "better": _violations(effect.better),
    }


def _violations(found: Iterable[Violation]) -> list[Json]:
    return [_violation(one) for one in found]


def _violation(one: Violation) -> Json:
    return {
        "rule": one.rule,
        "name": NAMES[one.rule],
        "sentence": one.sentence,
        "points": None if one.tenths is None else one.tenths / 10,
        "item_id": one.item_id,
        "professional_ids": list(one.professional_ids),
    }


def contradiction_json(found: Contradiction | None) -> Json:
    """What contradicts itself in a week."""
    if found is None:
        return {"contradictory": False}
    tables = {
        table: [row.model_dump(mode="json") for row in getattr(found, table)]
        for table in ("pins", "meetings", "absences", "busy")
    }
    return {"contradictory": True, **tables, "facts": list(found.facts)}


def replanned_json(found: Replanned) -> Json:
    """What a re-plan costs, and what moves."""
    return {
        "status": found.plan.status.value,
        "levels": [level.model_dump() for level in found.plan.levels],
        "moves": found.moves,
        "weights": {kind.value: tenths / 10 for kind, tenths in WEIGHTS.items()},
        "by_events": [shift_json(shift) for shift in found.by_events],
        "changes": [shift_json(shift) for shift in found.shifts],
    }


def shift_json(shift: Shift) -> Json:
    """One thing that moved."""
    return {
        "item_id": shift.item_id,
        "before": [row.model_dump(mode="json") for row in shift.before],
        "after": [row.model_dump(mode="json") for row in shift.after],
        "moves": {kind.value: times for kind, times in shift.kinds},
        "points": shift.tenths / 10,
        "household_told": shift.is_household_told,
        "professional_ids": list(shift.professional_ids),
    }


def _row(row: Assignment) -> object:
    return row.model_dump(mode="json")
