"""Shares of time: quotas of a week, and loads in proportion to paid time."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from optimizer.catalogue import MissionType
from optimizer.clock import GRID_MINUTES, grid_steps
from optimizer.linear import Part, Variable, each
from optimizer.tasks import Key
from optimizer.week import Professional

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel


class Shares:
    """The verbs of rules about shares of time."""

    def __init__(self, model: "BucketModel") -> None:
        self.model = model

    def quota(self, what: str, share_percent: int, minute: int, counted: Callable[[Key], Part]) -> None:
        """Charge, at level 1, `minute` tenths for each minute that a week lacks of a share of paid time."""
        model = self.model
        for person in model.sector_people:
            for week in range(model.week.horizon.weeks):
                quota = grid_steps(model.board.paid_minutes(person, week) * share_percent // 100)
                if not quota:
                    continue
                whom = person.id, week
                missing = model.shortfall(f"{what}_missing", whom, quota, GRID_MINUTES * minute)
                parts = map(counted, model.keys_of_week(person.id, week))
                model.at_least(quota, f"{what}_quota", whom, each([missing]), *parts)

    def balance(
        self,
        what: str,
        people: Iterable[Professional],
        minute: int,
        counts: Callable[[MissionType], bool] = bool,
    ) -> None:
        """Charge, at level 2, each minute of missions outside ten percent of a share by paid time."""
        model, weeks = self.model, range(self.model.week.horizon.weeks)
        share = {p.id: grid_steps(sum(model.board.paid_minutes(p, week) for week in weeks)) for p in people}
        whole = sum(share.values())
        if len(share) < 2 or not whole:
            return
        mine = {person: self._minutes(what, person, counts) for person in share}
        for person, own in mine.items():
            deviation = model.regret(
                f"{what}_deviation", (person,), 2 * share[person] + 2000, minute * GRID_MINUTES
            )
            everyone, slack = mine.values(), [(deviation, 10 * whole)]
            own_part = [(own, 10 * whole)]
            most, least = each(everyone, -11 * share[person]), each(everyone, -9 * share[person])
            model.at_most(0, f"{what}_most", (person,), own_part, most, [(deviation, -10 * whole)])
            model.at_least(0, f"{what}_least", (person,), own_part, least, slack)

    def _minutes(self, what: str, person: str, counts: Callable[[MissionType], bool]) -> Variable:
        model = self.model
        keys = model.keys_of(person)
        done = model.time.work_of(keys, lambda load: load.is_mission and counts(load.kind))
        total = model.variable(f"{what}_steps", (person,), model.size(*keys))
        model.equal(0, f"{what}_of", (person,), done.items(), [(total, -1)])
        return total
