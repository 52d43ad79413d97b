"""Small JSON documents, each of one model: a mission, the request of a composition, a département's table."""

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from optimizer.errors import Problem, UnusableInput
from optimizer.files.draft import Raw
from optimizer.files.json_week import JsonOrigin, document_of
from optimizer.files.raw import MEGABYTE, bytes_of, refused
from optimizer.files.sentences import details_of, sentence_of
from optimizer.files.sheets import quoted

Model = TypeVar("Model", bound=BaseModel)


def object_in(path: Path, looks_like: str) -> Raw:
    """The object of a `.json` file of at most a mebibyte; `looks_like` shows one to who gives something else.

    Raises
    ------
    UnusableInput
        It is no such file.
    """
    if path.suffix.lower() != ".json":
        raise refused(str(path), f"un fichier {quoted(path.suffix or path.name)}", "un fichier .json")
    return document_of(bytes_of(path, MEGABYTE), path.name, looks_like)


def read_as(model: type[Model], raw: Raw, label: str, strict: bool | None = None) -> Model:
    """The model of an object; `label` names it in problems.

    Raises
    ------
    UnusableInput
        With every problem: the place and the pointer, the value found and what was expected.
    """
    origin = JsonOrigin(label)
    try:
        return model.model_validate_json(json.dumps(raw), strict=strict)
    except ValidationError as error:
        details = details_of(error)
        problems = [Problem(origin.where(one["loc"]), *sentence_of(one, origin, model)) for one in details]
        raise UnusableInput(problems) from None
