"""The contract: as it is committed, complete, and true of its examples."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.app import make_app
from api.contract import BODIES, TAGS
from api.problems import Code
from api.settings import Settings
from api.store.database import open_store

SNAPSHOT = Path(__file__).parents[2] / "docs" / "openapi.json"
PROBLEM = "application/problem+json"
AGAIN = "python -m api.writing_contract > docs/openapi.json"


ENDS_OF_JOBS = {
    Code.CONTRADICTORY_WEEK,
    Code.NO_TEAM,
    Code.NO_PLAN_YET,
    Code.SOLVER_LOST,
    Code.PROCESS_LOST,
    Code.RUNNER_LOST,
    Code.LIMIT_EXCEEDED,
}
"""Told of a job, in its `problem`, and by no operation."""


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    app = make_app(open_store("sqlite://"), Settings(is_open=False))
    return app.openapi()


def operations(contract: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in contract["paths"].values() for operation in path.values()]


def test_the_contract_is_the_one_that_is_committed(contract: dict[str, Any]) -> None:
    assert json.loads(json.dumps(contract)) == json.loads(SNAPSHOT.read_text()), f"run `{AGAIN}`"


def test_every_operation_has_a_name_a_place_and_words(contract: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(contract)]
    assert len(names) == len(set(names)) > 20
    known = {tag["name"] for tag in TAGS}
    for operation in operations(contract):
        assert set(operation["tags"]) <= known and operation["description"]


def test_every_body_has_an_example_that_is_read(contract: dict[str, Any]) -> None:
    sent = [one["requestBody"]["content"] for one in operations(contract) if "requestBody" in one]
    assert len(sent) == 13 and all(media["example"] for one in sent for media in one.values())
    for body in BODIES:
        assert body.read(body.example) is not None


def test_every_problem_has_an_example_that_says_its_code(contract: dict[str, Any]) -> None:
    told = set()
    for operation in operations(contract):
        for status, response in operation["responses"].items():
            for name, one in response.get("content", {}).get(PROBLEM, {}).get("examples", {}).items():
                assert (one["value"]["code"], one["value"]["status"]) == (name, int(status))
                told.add(Code(name))
    assert set(Code) - told == {Code.METHOD_NOT_ALLOWED, *ENDS_OF_JOBS}


def test_what_is_made_leads_to_what_may_be_asked_of_it(contract: dict[str, Any]) -> None:
    submitted = contract["paths"]["/v1/jobs"]["post"]["responses"]
    for status in ("200", "202"):
        links = submitted[status]["links"]
        assert links["readPlan"] == {
            "operationId": "readPlan",
            "parameters": {"job_id": "$response.body#/id"},
        }
    kept = contract["paths"]["/v1/weeks"]["post"]["responses"]["201"]["links"]
    assert set(kept) == {"readWeek", "readWeekContent", "submitJob"}


def test_every_reference_leads_somewhere(contract: dict[str, Any]) -> None:
    schemas = contract["components"]["schemas"]
    text = json.dumps(contract)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(schemas)
