"""A week as one JSON document, as `read_week` reads it back."""

import json
from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import writable, write_whole
from optimizer.week import Week


def week_json(week: Week) -> bytes:
    """What differs from a default, and the organisation in full; the same bytes for the same week."""
    fields = week.model_dump(mode="json", exclude_defaults=True)
    fields["schema_version"] = week.schema_version
    fields["organisation"] = week.organisation.model_dump(mode="json")
    return (json.dumps(fields, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def refuse_unwritable_week(path: Path) -> None:
    """Refuse a path where no week can be written."""
    if path.suffix.lower() != ".json":
        raise UnusableInput([Problem(str(path), "une autre forme que .json", "un nom qui finit par .json")])
    writable(path)


def write_week(week: Week, path: Path) -> None:
    """Write a week; the file is there whole or not at all."""
    refuse_unwritable_week(path)
    write_whole(path, week_json(week))
