"""Recipes whose jobs share workers: in order of rank, batch after batch, answers to whoever asked."""

from optimizer.engines.composing.lanes import Answers, Batch, Lanes, Recipe
from optimizer.engines.workers import Done, Job


def job(name: str) -> Job:
    """A job that is never done here."""
    return Job(name, len, ())


def asking(heard: list[Answers], *batches: Batch) -> Recipe:
    """A recipe that asks for batches and keeps what it hears."""
    for batch in batches:
        heard.append((yield batch))


def test_the_lowest_rank_comes_first_and_the_others_fill_in() -> None:
    heard: list[Answers] = []
    recipes = {name: asking(heard, Batch((job("a"), job("b")))) for name in ("late", "soon")}
    lanes = Lanes(recipes, {"late": 2.0, "soon": 1.0}.__getitem__)
    assert [one.name for one in lanes] == [("soon", "a"), ("soon", "b"), ("late", "a"), ("late", "b")]


def test_a_recipe_goes_on_once_its_whole_batch_is_answered() -> None:
    heard: list[Answers] = []
    lanes = Lanes({"x": asking(heard, Batch((job("a"), job("b"))), Batch((job("c"),)))}, lambda _: 0.0)
    assert len(list(lanes)) == 2
    lanes.take(Done(("x", "a"), 1))
    assert not list(lanes)
    assert not heard
    lanes.take(Done(("x", "b"), 2))
    assert [{name: done.answer for name, done in one.items()} for one in heard] == [{"a": 1, "b": 2}]
    assert [one.name for one in lanes] == [("x", "c")]


def test_an_answer_may_end_a_batch_and_what_is_under_way_is_waited_for() -> None:
    heard: list[Answers] = []
    batch = Batch((job("a"), job("b"), job("c")), lambda done: done.answer == "no")
    lanes = Lanes({"x": asking(heard, batch)}, lambda _: 0.0)
    assert [next(lanes).name, next(lanes).name] == [("x", "a"), ("x", "b")]
    lanes.take(Done(("x", "b"), "no"))
    assert not list(lanes)
    lanes.take(Done(("x", "a"), "yes"))
    assert [sorted(one) for one in heard] == [["a", "b"]]


def test_an_empty_batch_asks_for_nothing() -> None:
    heard: list[Answers] = []
    lanes = Lanes({"x": asking(heard, Batch(()), Batch((job("a"),)))}, lambda _: 0.0)
    assert [one.name for one in lanes] == [("x", "a")]
    assert heard == [{}]


def test_a_recipe_may_be_added_on_the_way() -> None:
    lanes = Lanes({}, lambda _: 0.0)
    assert not list(lanes)
    lanes.add("y", asking([], Batch((job("a"),))))
    assert [one.name for one in lanes] == [("y", "a")]
