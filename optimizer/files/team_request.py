"""What is asked of a composition, as one JSON document whose fields are those of `TeamRequest`."""

import json
from pathlib import Path

from pydantic import ValidationError

from optimizer.errors import Problem, UnusableInput
from optimizer.files.json_week import JsonOrigin, document_of
from optimizer.files.raw import MEGABYTE, bytes_of, refused
from optimizer.files.sentences import details_of, sentence_of
from optimizer.files.sheets import quoted
from optimizer.team import TeamRequest

A_REQUEST = '{ "posts": …, "costs": { "AS": 67000, … } }'
"""What a request looks like."""


def read_request(path: Path) -> TeamRequest:
    """The request of a `.json` file.

    Raises
    ------
    UnusableInput
        With every problem: the file and the pointer, the value found and what was expected.
    """
    if path.suffix.lower() != ".json":
        raise refused(str(path), f"un fichier {quoted(path.suffix or path.name)}", "un fichier .json")
    raw = document_of(bytes_of(path, MEGABYTE), path.name, A_REQUEST)
    try:
        return TeamRequest.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        origin = JsonOrigin(path.name)
        raise UnusableInput(
            [
                Problem(origin.where(detail["loc"]), *sentence_of(detail, origin, TeamRequest))
                for detail in details_of(error)
            ]
        ) from None


def at_file(problems: list[Problem], label: str) -> list[Problem]:
    """The same problems, each naming the file beside its pointer."""
    return [Problem(f"{label}, {one.where}", one.found, one.expected) for one in problems]
