"""What `explain` answers about a plan, as JSON documents."""

from optimizer.answers.explain import WhyNot, explain, priced_in_full
from optimizer.engines.options import Options
from optimizer.files.answer_json import Json, why_not_json, why_this_json
from optimizer.files.answer_words import held
from optimizer.plan import Plan
from optimizer.sentences import REASONS
from optimizer.standing import Standing


def explained_json(standing: Standing, item_id: str, in_full: Options | None = None) -> Json:
    """Why an item is where it is, or is not placed; `in_full`, its changes priced with all planned again.

    Raises
    ------
    UnusableInput
        The week knows no such item; or it has begun and changes are to be priced in full.
    """
    if item_id in standing.week.action:
        rows = [row for row in standing.plan.assignments if row.mission_id == item_id]
        return {
            "item_id": item_id,
            "assignments": [row.model_dump(mode="json") for row in rows],
            "sentences": sentences_of_action(standing, item_id),
        }
    found = explain(standing, item_id)
    if isinstance(found, WhyNot):
        found = priced_in_full(standing, found, in_full) if in_full else found
        return why_not_json(standing.week, found, reason_of(standing.plan, item_id))
    return why_this_json(standing.week, found)


def sentences_of_action(standing: Standing, item_id: str) -> list[str]:
    """Who leads a collective action and when, or why it is not held and what would change it."""
    kind, plan = standing.week.action[item_id].type, standing.plan
    lines = [f"{item_id} ({kind}) : {held(row)}." for row in plan.assignments if row.mission_id == item_id]
    for reason in (REASONS[row.reason] for row in plan.unserved if row.mission_id == item_id):
        lines += [f"{item_id} ({kind}) n'est pas tenu dans la période.", reason.french, reason.remedy_french]
    return lines


def reason_of(plan: Plan, item_id: str) -> str | None:
    """The sentence of the reason that a plan gives."""
    given = {row.mission_id: row.reason for row in plan.queue}
    given |= {row.mission_id: row.reason for row in plan.unserved}
    return REASONS[given[item_id]].french if item_id in given else None


def waiting_json(standing: Standing) -> Json:
    """Whatever waits or is late."""
    plan = standing.plan
    waiting = [(row.mission_id, row.reason, row.date) for row in plan.queue]
    waiting += [(row.mission_id, row.reason, row.earliest_date) for row in plan.unserved]
    return {
        "waiting": [{"mission_id": id_, "reason": reason, "date": date} for id_, reason, date in waiting],
        "late": late_sentences(standing),
    }


def late_sentences(standing: Standing) -> list[str]:
    """What is late, one sentence each."""
    found = standing.verdict.commitments
    return [one.sentence for one in found if one.item_id and one.rule.startswith("late")]
