"""What there is to know before asking: rules, mission types, schemas, an example, the version."""

from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from fastapi import APIRouter, Response

from api.given import LimitedReader
from api.jobs.requests import AnyRequest
from optimizer import __version__
from optimizer.catalogue import MissionType, catalogue
from optimizer.files.reading import read_week
from optimizer.files.week_json import week_json
from optimizer.plan import Plan
from optimizer.rules import RULES
from optimizer.week import Week

router = APIRouter(tags=["discovery"])
Json = dict[str, object]


@router.get("/rules", operation_id="listRules")
def list_rules(_: LimitedReader) -> dict[str, list[Json]]:
    """The rules of every plan, in their order: what may never be, commitments, preferences."""
    rows: list[Json] = [
        {"code": rule.code, "name": rule.name, "source": rule.source, "level": rule.level.value}
        for rule in RULES
    ]
    return {"items": rows}


@router.get("/mission-types", operation_id="listMissionTypes")
def list_mission_types(_: LimitedReader) -> dict[str, list[MissionType]]:
    """The catalogue of missions: whose they are, which professions may do them, how long they last."""
    return {"items": list(catalogue().values())}


@router.get("/schema", operation_id="readSchema")
def read_schema(_: LimitedReader) -> Json:
    """The JSON Schemas of a week, of a plan and of what may be asked of a job."""
    return _schemas()


@router.get("/demo", operation_id="readDemo", response_class=Response)
def read_demo(_: LimitedReader) -> Response:
    """The example week of the product: a made-up house, ready to be sent to `/v1/weeks`."""
    return Response(_demo(), media_type="application/json")


@router.get("/version", operation_id="readVersion")
def read_version(_: LimitedReader) -> dict[str, str]:
    """The versions of the product and of its solver."""
    return {"version": __version__, "solver": f"ortools {version('ortools')}"}


@cache
def _schemas() -> Json:
    return {
        "week": Week.model_json_schema(),
        "plan": Plan.model_json_schema(mode="serialization"),
        "job": AnyRequest.json_schema(),
    }


@cache
def _demo() -> bytes:
    with resources.as_file(resources.files("instances") / "exemple") as folder:
        return week_json(read_week(Path(folder)).week)
