"""The door of comparisons: one week planned under several organisations, their figures side by side.

What comes out holds figures only, never a plan, and says nothing of which organisation is right.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from optimizer.engines.options import Options, Progress
from optimizer.hashes import hash_of_week
from optimizer.organisation import Organisation
from optimizer.plan import Level, Plan, Provenance, Status
from optimizer.solve import plan_week
from optimizer.week import Week

Told = Callable[[str], Progress | None]
"""What follows the solve of the organisation of that name."""


@dataclass(frozen=True)
class Outcome:
    """The figures of one organisation."""

    name: str
    organisation: Organisation
    status: Status
    levels: tuple[Level, ...]
    counts: Mapping[str, int]
    indicators: Mapping[str, object]
    provenance: Provenance | None


@dataclass(frozen=True)
class Comparison:
    """The figures of all of them, on the same week."""

    week_hash: str
    outcomes: tuple[Outcome, ...]

    @property
    def has_one_scale(self) -> bool:
        """Whether points mean the same everywhere: the same prices, hence comparable values."""
        prices = [(o.organisation.commitments, o.organisation.preferences) for o in self.outcomes]
        return all(one == prices[0] for one in prices)


def compare(
    week: Week, organisations: Mapping[str, Organisation], options: Options, told: Told = lambda _: None
) -> Comparison:
    """The same week, with the same limits and seed, under each organisation.

    Raises
    ------
    ContradictoryWeek, NoPlanYet, SolverLost
        As `plan_week` does, for the first organisation that fails.
    """
    outcomes = tuple(
        _outcome(name, organisation, plan_week(under(week, organisation), options, told(name)))
        for name, organisation in organisations.items()
    )
    return Comparison(hash_of_week(week), outcomes)


def under(week: Week, organisation: Organisation) -> Week:
    """The same week under another organisation, validated again."""
    fields = week.model_dump(exclude_defaults=True)
    return Week.model_validate(fields | {"organisation": organisation})


def _outcome(name: str, organisation: Organisation, plan: Plan) -> Outcome:
    counts = {
        "placed": len({row.mission_id for row in plan.assignments}),
        "queue": len(plan.queue),
        "unserved": len(plan.unserved),
        "referents": len(plan.referents),
    }
    return Outcome(name, organisation, plan.status, plan.levels, counts, plan.indicators, plan.provenance)
