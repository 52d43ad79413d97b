"""How a job ends: its answer and its state in one transaction, or the trouble that it met."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from api.jobs.messages import Answered, Troubled
from api.store.queue import Claimed, add_result, fail, finish, lose
from api.store.tables import Result
from api.store.weeks import keep_week
from api.words import State
from optimizer.files.json_week import week_of_json


def keep_answer(
    session: Session, claimed: Claimed, answer: Answered, is_asked_to_stop: bool, now: datetime
) -> None:
    """Keep what a job found, and the week that it made, if any.

    Raises
    ------
    HoldLost
        The job is another runner's by now: nothing is kept.
    """
    state = State.STOPPED if is_asked_to_stop else State.SUCCEEDED
    finish(session, claimed.hold, state, answer.status, now)
    result = Result(
        job_id=claimed.hold.job_id,
        week_id=_week_id(session, claimed, answer, now),
        levels=json.dumps([level.model_dump() for level in answer.levels]),
        reasons=json.dumps(answer.reasons, ensure_ascii=False),
        answer=None if answer.answer is None else json.dumps(answer.answer, ensure_ascii=False),
        plan=answer.plan,
    )
    add_result(session, result)


def _week_id(session: Session, claimed: Claimed, answer: Answered, now: datetime) -> str | None:
    if answer.week is None:
        return claimed.week_id
    week = week_of_json(answer.week.encode(), "")
    return keep_week(session, claimed.tenant_id, week, now, claimed.week_id)[0].id


def keep_trouble(session: Session, claimed: Claimed, troubled: Troubled, now: datetime) -> None:
    """Write down why an attempt gave no answer: the end of the job, or another attempt up to the cap.

    Raises
    ------
    HoldLost
    """
    end = fail if troubled.is_final else lose
    end(session, claimed.hold, troubled.trouble.model_dump_json(), now)
