"""A week as one JSON document, as `read_week` reads it back."""

import json

from optimizer.week import Week


def week_json(week: Week) -> bytes:
    """What differs from a default, and the organisation in full; the same bytes for the same week."""
    fields = week.model_dump(mode="json", exclude_defaults=True)
    fields["schema_version"] = week.schema_version
    fields["organisation"] = week.organisation.model_dump(mode="json")
    return (json.dumps(fields, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
