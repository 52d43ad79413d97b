"""Several recipes whose jobs the same workers do: each asks for a batch, and goes on with its answers."""

from collections.abc import Callable, Generator, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from optimizer.engines.workers import Done, Job


def never(_: Done) -> bool:
    """No answer ends a batch early."""
    return False


@dataclass(frozen=True)
class Batch:
    """Jobs in the order in which they are given out; once an answer ends it, those not begun are left."""

    jobs: tuple[Job, ...]
    is_ended_by: Callable[[Done], bool] = never


Answers = Mapping[Hashable, Done]
"""The answers of a batch by the names of its jobs."""
Result = TypeVar("Result")
Step = Generator[Batch, Answers, Result]
"""A recipe that returns something."""
Recipe = Step[None]


@dataclass
class _Lane:
    """A recipe, what is left of its batch, what is under way, what was answered."""

    recipe: Recipe
    waiting: list[Job] = field(default_factory=list)
    under_way: set[Hashable] = field(default_factory=set)
    batch: Batch | None = None
    answers: dict[Hashable, Done] = field(default_factory=dict)

    def go_on(self, first: bool = False) -> None:
        """Send the answers, and take the batch that comes next."""
        try:
            self.batch = next(self.recipe) if first else self.recipe.send(self.answers)
            self.waiting, self.answers = list(self.batch.jobs), {}
        except StopIteration:
            self.batch = None


class Lanes(Iterator[Job]):
    """The jobs of several recipes, those of the lowest `rank` as long as it has any."""

    def __init__(self, recipes: Mapping[str, Recipe], rank: Callable[[str], float]) -> None:
        self._rank = rank
        self._lanes: dict[str, _Lane] = {}
        for name, recipe in recipes.items():
            self.add(name, recipe)

    def add(self, name: str, recipe: Recipe) -> None:
        """One more recipe."""
        self._lanes[name] = lane = _Lane(recipe)
        self._advance(lane, first=True)

    def __next__(self) -> Job:
        ready = [name for name, lane in self._lanes.items() if lane.waiting]
        if not ready:
            raise StopIteration  # nothing for now; more may come with answers
        name = min(ready, key=self._rank)
        job = self._lanes[name].waiting.pop(0)
        self._lanes[name].under_way.add(job.name)
        return Job((name, job.name), job.function, job.argument)

    def take(self, done: Done) -> None:
        """Give an answer to the recipe that asked for it."""
        assert isinstance(done.name, tuple)
        name, own = done.name
        lane = self._lanes[name]
        lane.under_way.discard(own)
        answer = Done(own, done.answer, done.failure)
        lane.answers[own] = answer
        if lane.batch and lane.batch.is_ended_by(answer):
            lane.waiting.clear()
        if not lane.waiting and not lane.under_way:
            self._advance(lane)

    @staticmethod
    def _advance(lane: _Lane, first: bool = False) -> None:
        lane.go_on(first)
        while lane.batch is not None and not lane.waiting:
            lane.go_on()
