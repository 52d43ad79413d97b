"""Hashes by which a week and a plan are recognised, whatever the file they came from."""

import hashlib
import json

from pydantic import BaseModel

from optimizer.plan import Plan
from optimizer.week import Week


def canonical(value: object) -> str:
    """One text for one content: keys in order, no spaces, only finite numbers."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def hash_of_week(week: Week) -> str:
    """SHA-256 of a week's content."""
    return _sha256(week)


def hash_of_plan(plan: Plan) -> str:
    """SHA-256 of a plan without its provenance."""
    return _sha256(plan, {"provenance"})


def _sha256(value: BaseModel, left_out: set[str] | None = None) -> str:
    text = canonical(value.model_dump(mode="json", exclude=left_out))
    return hashlib.sha256(text.encode()).hexdigest()
