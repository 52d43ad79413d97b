"""Questions answered at once by the doors of the command line; nothing of them is kept."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import TypeAdapter

from api import examples
from api.bodies import Body, body_of
from api.given import Asker, Served
from api.problems import Code
from api.questions import (
    CheckQuestion,
    EvaluateQuestion,
    RecommendQuestion,
    given,
    label_of,
    unknown_mission,
)
from api.refusals import may_refuse
from optimizer.answers.evaluate import evaluate
from optimizer.answers.recommend import recommend
from optimizer.check import judge
from optimizer.claims import false_claims
from optimizer.contradictions import contradictions
from optimizer.files.answer_json import evaluation_json, recommendation_json
from optimizer.files.json_week import week_of
from optimizer.files.mission_file import mission_of
from optimizer.hashes import hash_of_week
from optimizer.holding import week_of as week_answered
from optimizer.published import published
from optimizer.standing import Standing
from optimizer.verdicts import verdict_json, warnings
from optimizer.warnings_of_week import warnings_of
from optimizer.week import Mission, Week

router = APIRouter(tags=["at once"])
Json = dict[str, object]
WEEK = Body("Week", lambda raw: week_of(raw, ""), TypeAdapter(Week), examples.A_WEEK)
CHECK = body_of("CheckQuestion", CheckQuestion, examples.ABOUT)
EVALUATE = body_of("EvaluateQuestion", EvaluateQuestion, examples.AN_EVALUATION)
RECOMMEND = body_of("RecommendQuestion", RecommendQuestion, examples.A_RECOMMENDATION)


@router.post(
    "/validate", operation_id="validateWeek", openapi_extra=WEEK.documented, responses=may_refuse(Code.BUSY)
)
def validate_week(_: Asker, week: Annotated[Week, Depends(WEEK)]) -> Json:
    """Whether a week can be read and does not contradict itself; what to know before trusting its plan."""
    return {
        "content_hash": hash_of_week(week),
        "contradictions": contradictions(week),
        "warnings": list(warnings_of(week)),
    }


@router.post(
    "/check", operation_id="checkPlan", openapi_extra=CHECK.documented, responses=may_refuse(Code.BUSY)
)
def check_plan(caller: Asker, question: Annotated[CheckQuestion, Depends(CHECK)], service: Served) -> Json:
    """The independent judge: every violation of a plan, and what it costs."""
    whole, plan = given(service, caller, question)
    week, claims = week_answered(whole, plan)
    verdict = judge(week, plan)
    claims = [*claims, *false_claims(week, plan, verdict)]
    return verdict_json(verdict, claims) | {"warnings": warnings(week, plan)}


@router.post(
    "/evaluate",
    operation_id="evaluateChanges",
    openapi_extra=EVALUATE.documented,
    responses=may_refuse(Code.BUSY),
)
def evaluate_changes(
    caller: Asker, question: Annotated[EvaluateQuestion, Depends(EVALUATE)], service: Served
) -> Json:
    """Whether changes made by hand are allowed, what they break, what they cost, whom to tell."""
    standing = published(*given(service, caller, question), label_of(question))
    return evaluation_json(evaluate(standing, question.changes()))


@router.post(
    "/recommend",
    operation_id="recommendPlaces",
    openapi_extra=RECOMMEND.documented,
    responses=may_refuse(Code.BUSY),
)
def recommend_places(
    caller: Asker, question: Annotated[RecommendQuestion, Depends(RECOMMEND)], service: Served
) -> Json:
    """Where a request fits best, everything else kept; when nowhere, its date: it is never refused."""
    standing = published(*given(service, caller, question), label_of(question))
    found = recommend(standing, _mission(standing, question), question.most)
    answer: Json = json.loads(json.dumps(recommendation_json(standing.week, found), default=str))
    return answer


def _mission(standing: Standing, question: RecommendQuestion) -> Mission:
    if question.request is not None:
        return mission_of(question.request, standing.week, "/request")
    known = standing.week.mission.get(question.mission_id or "")
    if known is None:
        raise unknown_mission(question.mission_id or "")
    return known
