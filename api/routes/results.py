"""What a job found: its plan in every form and for every reader, its levels, the rest of its result."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from api.asking import job_and_result
from api.documents import LevelGap, LevelsDocument, ResultDocument, levels_of
from api.forms import MEDIA_TYPES, Form, chosen, written
from api.given import LimitedReader, Reader, Served
from api.problems import Code
from api.refusals import may_refuse
from optimizer.plan import Status

router = APIRouter(prefix="/jobs/{job_id}", tags=["results"])
NO_RESULT = (Code.NOT_ENDED, Code.NO_ANSWER)
For = Annotated[str | None, Query(alias="for", max_length=64, description="Un service ou une personne")]


@router.get(
    "/plan",
    operation_id="readPlan",
    response_class=Response,
    responses={
        200: {"description": "Le plan", "content": {name: {} for name in MEDIA_TYPES.values()}},
        **may_refuse(Code.NOT_ACCEPTABLE, Code.UNUSABLE_INPUT, Code.NOT_ENDED, Code.NO_PLAN),
    },
)
def plan(
    job_id: str,
    caller: LimitedReader,
    service: Served,
    audience: For = None,
    form: Annotated[Form | None, Query(alias="format")] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "*/*",
) -> Response:
    """The plan of a job, whole or as a service or a person may read it, in the form asked for."""
    wanted = form or chosen(accept)
    job, result = job_and_result(service, caller, job_id, without=Code.NO_PLAN)
    content = written(service, caller, result, wanted, audience)
    name = f'attachment; filename="{job.id}.{wanted}"'
    return Response(content, 200, {"Content-Disposition": name, "Vary": "Accept"}, wanted.media_type)


@router.get("/levels", operation_id="readLevels", responses=may_refuse(*NO_RESULT))
def levels(job_id: str, caller: LimitedReader, service: Served) -> LevelsDocument:
    """The proof of a plan: value, bound and gap, level by level."""
    job, result = job_and_result(service, caller, job_id)
    found = levels_of(result)
    status = Status(job.status) if job.status else None
    if caller.audience is None:
        return LevelsDocument(status=status, levels=found)
    return LevelsDocument(status=status, levels=tuple(LevelGap(name=one.name, gap=one.gap) for one in found))


@router.get("/result", operation_id="readResult", responses=may_refuse(*NO_RESULT))
def result(job_id: str, caller: Reader, service: Served) -> ResultDocument:
    """All that a job found but for the plan."""
    job, found = job_and_result(service, caller, job_id)
    return ResultDocument.of(job, found)
