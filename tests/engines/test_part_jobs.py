"""A plan at once, forgiven prices, bounds that hold for the plans found, and going on from what was found."""

from dataclasses import replace

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.check import judge
from optimizer.engines.departement import Departement, PartState
from optimizer.engines.division import Division
from optimizer.engines.guiding import WEIGHT, Guiding, Names
from optimizer.engines.matrix import Flags
from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import (
    PartBounds,
    PlanJob,
    _Planning,
    bound_part,
    first_plan,
    forgive,
    plan_part,
)
from optimizer.linear import Statement
from optimizer.model import COMMITMENTS
from tests.builders import a_mission, a_pin, a_week

ONE = Options(time_limit=3.0, workers=1)
SURE = Options(time_limit=60.0, workers=1, deterministic=True)


@pytest.fixture(scope="module")
def pole() -> Departement:
    """A département whose poles are small."""
    return Departement(Division(departement(2, 1, Load.TYPICAL, 1)), Clock(ONE))


@pytest.mark.parametrize("part", ["D01A-EVALUATION", "D01A-CONTRAT", "T001-SECTEUR"])
def test_a_first_plan_needs_no_search(pole: Departement, part: str) -> None:
    week = pole.states[part].week
    found = first_plan(PlanJob(week, ONE))
    assert judge(week, found.plan).passed
    assert set(found.seconds) == {"fitting", "timing", "judging"}


@pytest.mark.parametrize("part", ["D01A-EVALUATION", "D01A-CONTRAT"])
def test_bounds_of_a_part_hold_for_its_plans(pole: Departement, part: str) -> None:
    week = pole.states[part].week
    alone = bound_part(pole._bound_job(part, is_together=False)).commitments
    together = bound_part(pole._bound_job(part, is_together=True)).together
    assert alone is not None
    found = plan_part(PlanJob(week, ONE, floor=alone))
    assert alone <= found.commitments
    assert together is not None
    assert together <= WEIGHT * found.commitments + found.preferences


def test_a_bound_of_nothing_is_a_bound() -> None:
    assert PartBounds().with_those_of(PartBounds(commitments=0)) == PartBounds(commitments=0)
    assert PartBounds(0, 7).with_those_of(PartBounds()) == PartBounds(0, 7)
    assert PartBounds(0, 7).with_those_of(PartBounds(together=9)) == PartBounds(0, 9)


def test_a_plan_goes_on_from_values_found_before(pole: Departement) -> None:
    week = pole.states["D01A-CONTRAT"].week
    before = plan_part(PlanJob(week, ONE))
    after = plan_part(PlanJob(week, ONE, start=before.values))
    assert after.prices <= before.prices


def test_what_goes_on_moves_as_much_at_once_as_it_did(pole: Departement) -> None:
    week = pole.states["D01A-EVALUATION"].week
    before = plan_part(PlanJob(week, ONE))
    sizes = tuple(size + 1 for size in before.sizes)
    assert _Planning(PlanJob(week, ONE, start=before.values, sizes=sizes)).search.sizes == list(sizes)
    assert _Planning(PlanJob(week, ONE, sizes=sizes)).search.sizes != list(sizes)


def test_what_goes_on_draws_other_moves_each_time(pole: Departement) -> None:
    week = pole.states["D01A-EVALUATION"].week
    whole, state = Departement(pole.division, Clock(ONE)), PartState("D01A-EVALUATION", week)
    seeds = [whole._plan_job(state, 1.0).options.seed]
    for _ in range(2):
        state.take(first_plan(PlanJob(week, ONE)))
        seeds.append(whole._plan_job(state, 1.0).options.seed)
    assert len(set(seeds)) == 3


def test_several_weeks_are_started_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each week has its own relaxation, once the weeks before are decided; every row holds."""
    division = Division(departement(1, 2, Load.LOW, 1))
    part = next(part for part in division.parts if "EVALUATION" in part)
    week = Departement(division, Clock(ONE)).states[part].week
    planning = _Planning(PlanJob(week, SURE))
    board, model = planning.board, planning.outcome.model
    began: list[set[int]] = []
    dive = Guiding._dive

    def watched(guiding: Guiding, window: Flags, until: float) -> Names | None:
        held = [
            slot for (_, slot), tours in model.tours.items() for _, v in tours if planning.outcome.values[v]
        ]
        free = {key[1] for v, key in planning.search.owner.items() if window[v]}
        began.append({board.calendar.week_of(board.day_of(slot)) for slot in free})
        assert len(began) == 1 or held
        return dive(guiding, window, until)

    monkeypatch.setattr(Guiding, "_dive", watched)
    before = planning.outcome.value(COMMITMENTS)
    names = planning.guiding.start(0.0)
    assert began == [{0}, {1}]
    assert names
    assert planning.search.matrix.holds(planning.outcome.values)
    assert planning.outcome.value(COMMITMENTS) < before
    taken = [
        slot for takes in model.take.values() for (_, slot), v in takes.items() if planning.outcome.values[v]
    ]
    assert {board.calendar.week_of(board.day_of(slot)) for slot in taken} == {0, 1}


def test_the_bound_of_two_weeks_holds() -> None:
    """Without the rows of places it is no more than what an overloaded pole pays at once."""
    division = Division(departement(1, 2, Load.OVERLOADED, 1))
    whole = Departement(division, Clock(ONE))
    part = next(part for part in division.parts if "EVALUATION" in part)
    bound = bound_part(whole._bound_job(part, is_together=False)).commitments
    assert bound is not None
    assert 0 <= bound <= first_plan(PlanJob(whole.states[part].week, ONE)).commitments


def test_a_first_plan_with_pins_is_still_to_be_searched() -> None:
    """Pins are decided by the model, nothing else is: the search does not go on from there."""
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "VAD", "FAM1")],
        pins=[a_pin("M1", "ES01", "tuesday 09:00")],
    )
    assert first_plan(PlanJob(week, ONE)).values is None


def test_level_2_gets_better_where_level_1_is_at_its_bound(pole: Departement) -> None:
    """A search that has enough makes no move; later jobs, which have no floor, do."""
    week = pole.states["D01A-EVALUATION"].week
    floor = first_plan(PlanJob(week, ONE)).commitments
    state = PartState("D01A-EVALUATION", week)
    state.take(plan_part(PlanJob(week, ONE, floor=floor)))
    whole = Departement(pole.division, Clock(Options(time_limit=600.0)))
    whole.states = {state.part: state}
    later = {str(job.name): job.argument for job in whole._later_jobs()}
    assert later["D01A-EVALUATION"].floor == -1  # type: ignore[attr-defined]


def test_prices_are_forgiven_by_whom_and_by_kind() -> None:
    statement = Statement()
    for name in (("writing_missing", "AS01", 0), ("writing_missing", "AS02", 0), ("load_deviation", "AS01")):
        statement.price("commitments", statement.variable(name), 5)
    forgive(statement, {"AS01"}, "load_deviation")
    assert statement.levels["commitments"] == {0: 5, 1: 5}
    forgive(statement, {"AS01"})
    assert statement.levels["commitments"] == {1: 5}


def test_what_a_mission_costs_is_never_forgiven() -> None:
    statement = Statement()
    statement.price("commitments", statement.variable(("take", "late", "AS01", 3)), 600)
    forgive(statement, {"AS01"})
    assert statement.levels["commitments"] == {0: 600}


def test_a_search_has_enough_once_level_1_is_at_its_bound(pole: Departement) -> None:
    planning = _Planning(PlanJob(pole.states["D01A-EVALUATION"].week, ONE))
    worth = planning.outcome.value(COMMITMENTS)
    for floor, is_enough in ((worth - 1, False), (worth, True)):
        planning.job = replace(planning.job, floor=floor)
        assert planning._is_enough(planning.outcome) is is_enough
