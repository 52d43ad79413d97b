"""What may be asked at once about a plan: the week and the plan are sent, or named."""

import json

from pydantic import Field, model_validator
from sqlalchemy.orm import Session

from api.callers import Caller
from api.given import Service
from api.jobs.tasks import content_of_week, plan_of_job
from api.problems import Code, Fault, Refused
from api.wrong_fields import WrongFields, refuse_unless_one
from optimizer.answers.moves import Move, Swap
from optimizer.answers.recommend import MOST
from optimizer.files.json_week import week_of, week_of_json
from optimizer.files.plan_json import plan_of
from optimizer.frozen import Frozen
from optimizer.plan import Plan
from optimizer.values import Identifier, Instant
from optimizer.week import Week

Document = dict[str, object]
MOST_CHANGES = 100


class AboutAPlan(Frozen):
    """A week (sent, or `week_id`) and a plan of it (sent, or `plan_job_id`)."""

    week: Document | None = None
    week_id: str | None = None
    plan: Document | None = None
    plan_job_id: str | None = None

    @model_validator(mode="after")
    def each_is_given_once(self) -> "AboutAPlan":
        """A week and a plan, neither twice; a plan of a job is that of a week that is kept."""
        refuse_unless_one(week=self.week, week_id=self.week_id)
        refuse_unless_one(plan=self.plan, plan_job_id=self.plan_job_id)
        if self.plan_job_id is not None and self.week_id is None:
            raise WrongFields(
                "plan_job_id sans week_id",
                "week_id, la semaine de ce plan",
                "plan_job_id without week_id, the week of that plan",
            )
        return self


class CheckQuestion(AboutAPlan):
    """Does a plan break a rule, and what does it cost?"""


class MoveRequest(Frozen):
    """One item given to other people, to another time, or both."""

    item_id: Identifier
    professional_ids: tuple[Identifier, ...] | None = None
    start: Instant | None = None


class SwapRequest(Frozen):
    """Two items that change places."""

    item_id: Identifier
    other_id: Identifier


class EvaluateQuestion(AboutAPlan):
    """Are these changes allowed, and what do they cost?"""

    moves: tuple[MoveRequest, ...] = Field(default=(), max_length=MOST_CHANGES)
    swaps: tuple[SwapRequest, ...] = Field(default=(), max_length=MOST_CHANGES)

    @model_validator(mode="after")
    def something_changes(self) -> "EvaluateQuestion":
        """Without a change there is nothing to evaluate."""
        if not self.moves and not self.swaps:
            raise WrongFields("aucun changement", "moves ou swaps", "no change: moves or swaps are needed")
        return self

    def changes(self) -> list[Move | Swap]:
        """The changes as the product knows them; the label of each is its place."""
        moves = [
            Move(one.item_id, one.professional_ids, one.start, f"/moves/{n}")
            for n, one in enumerate(self.moves)
        ]
        swaps = [Swap(one.item_id, one.other_id, f"/swaps/{n}") for n, one in enumerate(self.swaps)]
        return [*moves, *swaps]


class RecommendQuestion(AboutAPlan):
    """Where does a request fit best? `request` is a mission, of which an id and a type are enough, or
    `mission_id` one of the week."""

    request: Document | None = None
    mission_id: Identifier | None = None
    most: int = Field(default=MOST, ge=1, le=50)

    @model_validator(mode="after")
    def one_request_is_given(self) -> "RecommendQuestion":
        """A new request or a known one."""
        refuse_unless_one(request=self.request, mission_id=self.mission_id)
        return self


def given(service: Service, caller: Caller, question: AboutAPlan) -> tuple[Week, Plan]:
    """The week and the plan that a question is about.

    Raises
    ------
    Refused
        One of them is named and not there.
    UnusableInput
        One of them is sent and cannot be read.
    """
    with service.store.reading() as session:
        return _week(session, caller, question), _plan(session, caller, question)


def _week(session: Session, caller: Caller, question: AboutAPlan) -> Week:
    if question.week is not None:
        return week_of(question.week, "/week")
    content = content_of_week(session, caller.tenant_id, question.week_id or "")
    return week_of_json(content.encode(), "/week_id")


def _plan(session: Session, caller: Caller, question: AboutAPlan) -> Plan:
    if question.plan is not None:
        return plan_of(question.plan, "/plan")
    named, week_id = question.plan_job_id or "", question.week_id or ""
    return plan_of(json.loads(plan_of_job(session, caller.tenant_id, named, week_id)), "/plan_job_id")


def label_of(question: AboutAPlan) -> str:
    """Where the plan of a question stands in it."""
    return "/plan" if question.plan is not None else "/plan_job_id"


def unknown_mission(id_: str) -> Refused:
    """The refusal of a mission that the week does not know."""
    fault = Fault(
        pointer="/mission_id",
        detail=f"« {id_} », que la semaine ne connaît pas",
        english=f"{id_!r}, unknown to the week",
    )
    return Refused(Code.INVALID_REQUEST, faults=(fault,))
