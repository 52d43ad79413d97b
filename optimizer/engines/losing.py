"""What a re-plan loses of the commitments that the published plan kept, commitment by commitment.

What was late or missing before stays so at no price: it is not made good by moving people who were told a
time, nor does it pay for a commitment that an event breaks.
"""

from collections import Counter
from collections.abc import Hashable, Iterator

from optimizer.board import Board
from optimizer.check import Verdict, judge
from optimizer.engines.decisions_of_plan import of_some, values_meant
from optimizer.engines.levels import build
from optimizer.linear import Variable
from optimizer.model import COMMITMENTS, BucketModel
from optimizer.plan import Plan
from optimizer.week import Week

LOST = "lost"
"""The level of the search that holds these losses."""
OF_LOSSES = {"lost"}
"""The rows that state them."""


def losses(before: Verdict, after: Verdict) -> int:
    """What is paid more than before, thing by thing, in tenths of level 1."""
    first, then = _by_thing(before), _by_thing(after)
    return sum(max(0, tenths - first[thing]) for thing, tenths in then.items())


def _by_thing(verdict: Verdict) -> Counter[Hashable]:
    found: Counter[Hashable] = Counter()
    for one in verdict.commitments:
        thing = one.item_id or (one.rule, one.professional_ids, one.when)
        found[thing] += one.tenths or 0
    return found


def post_losses(model: BucketModel, week: Week, published: Plan) -> None:
    """The level of losses: for each mission and action, and for each other shortfall, what it costs more."""
    before = _by_thing(judge(week, published))
    known = _shortfalls(week, published, frozenset(model.people))
    prices = dict(model.statement.levels.get(COMMITMENTS, {}))
    for whom, variables, items in _items(model):
        paid = {v: prices.pop(v) for v in variables if v in prices}
        _post(model, whom, paid, sum(before[item] for item in items))
    for variable, tenths in prices.items():
        name = model.statement.named[variable]
        _post(model, name, {variable: tenths}, tenths * known.get(name, 0))


def _post(model: BucketModel, whom: Hashable, paid: dict[Variable, int], before: int) -> None:
    statement = model.statement
    most = sum(tenths * statement.uppers[v] for v, tenths in paid.items())
    if most <= before:
        return
    lost = model.variable(LOST, (whom,), most - before)
    statement.row((LOST, whom), paid | {lost: -1}, upper=before)
    statement.price(LOST, lost, 1)


def _items(model: BucketModel) -> Iterator[tuple[Hashable, list[Variable], list[str]]]:
    """By mission or action: its variables, and the items that it stands for."""
    for bundle in model.bundles:
        index = bundle.index
        tables = (model.take, model.part_minutes, model.held, model.queued, model.late_on)
        variables = [v for table in tables for v in table.get(index, {}).values()]
        variables += [model.unplaced[index]] if index in model.unplaced else []
        variables += [v for (other, _), v in model.does.items() if other == index]
        yield bundle.name, variables, [mission.id for mission in bundle.missions]
    for action in model.actions():
        held = [*model.action_held[action.id].values(), model.action_unplaced[action.id]]
        yield action.id, held, [action.id]


def _shortfalls(week: Week, plan: Plan, people: frozenset[str]) -> dict[Hashable, int]:
    """By name: the value of each priced variable that a plan means in its own week; nothing where the model
    does not take it."""
    model = build(Board(week), people, with_preferences=False)
    meant = values_meant(model, of_some(people, plan), {COMMITMENTS: 1})
    if meant is None:
        return {}
    values, named = meant.values, model.statement.named
    return {named[v]: int(values[v]) for v in model.statement.levels.get(COMMITMENTS, {})}
