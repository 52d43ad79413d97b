"""The few statistics that reports use; absent figures are `None`, never zero nor infinity."""

from collections.abc import Sequence
from math import ceil
from statistics import median


def hours(minutes: int) -> float:
    """Hours, to a tenth."""
    return round(minutes / 60, 1)


def share(part: float, whole: float) -> float | None:
    """A ratio to a thousandth, `None` of nothing."""
    return round(part / whole, 3) if whole else None


def percentile_90(values: Sequence[float]) -> float | None:
    """The smallest value that at least 90 % of the values do not exceed."""
    return sorted(values)[ceil(0.9 * len(values)) - 1] if values else None


def spread(values: Sequence[float]) -> dict[str, float | None]:
    """Lowest, middle and highest value."""
    if not values:
        return {"min": None, "median": None, "max": None}
    return {"min": min(values), "median": median(values), "max": max(values)}
