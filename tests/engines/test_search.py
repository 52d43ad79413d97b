"""A search starts from a plan that keeps the pins, or says that none can; no guide makes it break rows."""

import numpy as np
import pytest

from optimizer.board import Board
from optimizer.engines.levels import build
from optimizer.engines.neighbourhoods import undoing
from optimizer.engines.options import Clock, Options
from optimizer.engines.outcome import LEXICOGRAPHIC, BlockOutcome
from optimizer.engines.search import Guide, Search
from optimizer.errors import ContradictoryWeek
from optimizer.week import Week
from tests.builders import a_meeting, a_mission, a_pin, a_week, day


def a_search(week: Week) -> Search:
    """The search of a whole week."""
    model = build(Board(week), frozenset(person.id for person in week.professionals))
    return Search(model, LEXICOGRAPHIC, Clock(Options(time_limit=1, workers=1, deterministic=True)))


def test_the_first_values_keep_the_pins_and_every_row() -> None:
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "VAD", "FAM1")],
        pins=[a_pin("M1", "ES01", "tuesday 09:00")],
    )
    search = a_search(week)
    values = search.nothing()
    assert search.model.statement.violated(values.tolist()) == []
    held = {name for name, value in zip(search.model.statement.names, values, strict=True) if value}
    assert "take[M1,ES01,2]" in held
    assert not any(name.startswith("take[M2,AS01") for name in held)


def test_pins_that_the_model_cannot_keep_are_a_contradiction() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")], pins=[a_pin("M1", "AS01", "tuesday 09:00")])
    search = a_search(week)
    taken = search.model.take[0]["AS01", 2]
    search.model.statement.at_most("nobody", {taken: 1}, 0)
    search.read_again()
    with pytest.raises(ContradictoryWeek, match="M1"):
        search.nothing()


def test_a_guide_that_splits_a_meeting_is_followed_only_as_far_as_it_holds() -> None:
    """A relaxation without the rows between attending and holding may send two people at two times."""
    free = a_meeting("T1", None, people=["AS01", "ES01"], release=day("tuesday"), due=day("tuesday"))
    search = a_search(a_week([a_mission("M1", "SUIVI", "FAM1")], meetings=[free]))
    model = search.model
    attend, everything = model.attend["T1"], np.ones(len(model.statement.lowers), bool)
    first, *_, last = sorted(attend["AS01"].keys() & attend["ES01"].keys())
    support, decided = ~everything, ~everything
    support[[attend["AS01"][first], attend["ES01"][last], model.meeting_held["T1"][first]]] = True
    decided[[*model.meeting_held["T1"].values(), *attend["AS01"].values(), *attend["ES01"].values()]] = True
    outcome = BlockOutcome(model, search.nothing())
    guide = Guide(support, everything, decided, everything)
    search.construct_with(guide, outcome, 0.0, frozenset(model.half_days))
    assert model.statement.violated(outcome.values.tolist()) == []
    assert outcome.values[attend["AS01"][first]]
    assert not outcome.values[attend["ES01"][last]]


def test_what_moved_is_undone_with_what_moved_into_its_place() -> None:
    # M1 of AS01 moved from Monday morning to Tuesday morning, M2 of AS01 from there to Wednesday morning
    week = a_week([a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "VAD", "FAM1")])
    search = a_search(week)
    first, second = (search.model.take[index] for index in (0, 1))
    search.values = np.zeros(len(search.model.statement.lowers), np.int64)
    search.values[[first["AS01", 2], second["AS01", 4]]] = 1
    homes = {0: {("AS01", 0)}, 1: {("AS01", 2)}}
    assert undoing(homes)(search, 3) == {("AS01", 0), ("AS01", 2), ("AS01", 4)}


def test_what_stays_is_not_undone() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "VAD", "FAM1")])
    search = a_search(week)
    first, second = (search.model.take[index] for index in (0, 1))
    search.values = np.zeros(len(search.model.statement.lowers), np.int64)
    search.values[[first["AS01", 0], second["AS01", 4]]] = 1
    homes = {0: {("AS01", 0)}, 1: {("AS01", 2)}}
    assert undoing(homes)(search, 2) == {("AS01", 2), ("AS01", 4)}
