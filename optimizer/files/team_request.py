"""What is asked of a composition, as one JSON document whose fields are those of `TeamRequest`."""

from pathlib import Path

from optimizer.errors import Problem
from optimizer.files.small_json import object_in, read_as
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
    return read_as(TeamRequest, object_in(path, A_REQUEST), path.name)


def at_file(problems: list[Problem], label: str) -> list[Problem]:
    """The same problems, each naming the file beside its pointer."""
    return [Problem(f"{label}, {one.where}", one.found, one.expected) for one in problems]
