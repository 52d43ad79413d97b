"""What an engine tells on its way besides plans: how far it is, what it lost, where it could go on from."""

from optimizer.frozen import Frozen
from optimizer.plan import Plan


class Advance(Frozen):
    """How many parts of a week have a plan that was searched for, or is the best at level 1, of how many."""

    done: int
    total: int


class Setback(Frozen):
    """Something that went wrong without stopping the engine, in a sentence for the user."""

    sentence: str


class Spent(Frozen):
    """Where time went, told at the end: seconds of one core by step, those of all processes together."""

    seconds: dict[str, float]


class SavedPart(Frozen):
    """One part: its plan, values to go on from, by variable of the model, those that are 0 left out, and its
    bounds in tenths.

    `together` is the bound of both levels together, under the weight of the engine.
    """

    plan: Plan
    values: dict[int, int] | None = None
    commitments: int | None = None
    together: int | None = None


class Checkpoint(Frozen):
    """Where a long run is, from which another may go on: by part, what was found for it."""

    parts: dict[str, SavedPart]


Told = Advance | Setback | Spent | Checkpoint
News = Plan | Told
