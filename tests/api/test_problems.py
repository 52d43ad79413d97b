"""What goes wrong, in words and places."""

import pytest

from api.problems import WORDS, Code, Fault, Trouble, document_of, fault_of, trouble_of
from optimizer.errors import (
    ContradictoryWeek,
    NoPlanYet,
    NoTeam,
    PolyvalenceError,
    Problem,
    SolverLost,
    UnusableInput,
)


def test_every_code_has_words() -> None:
    assert set(WORDS) == set(Code)
    assert all(400 <= one.status < 600 and one.french != one.english for one in WORDS.values())


@pytest.mark.parametrize(
    ("where", "pointer", "detail"),
    [
        ("/week, /missions/0/due", "/week/missions/0/due", "x ; attendu : y"),
        (", /missions/0/due", "/missions/0/due", "x ; attendu : y"),
        ("/plan#/levels/0", "/plan/levels/0", "x ; attendu : y"),
        ("/events/2", "/events/2", "x ; attendu : y"),
        ("--now", "/now", "x ; attendu : y"),
        ("--why-not", "/item_id", "x ; attendu : y"),
        ("", "", "x ; attendu : y"),
        (", ligne 3, caractère 7", "", "ligne 3, caractère 7 : x ; attendu : y"),
    ],
)
def test_a_place_is_a_pointer(where: str, pointer: str, detail: str) -> None:
    assert fault_of(Problem(where, "x", "y")) == Fault(pointer=pointer, detail=detail)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("augmentez --time-limit, ou moins de --workers", "augmentez time_limit, ou moins de workers"),
        ("la limite, ou Ctrl-C, est arrivée", "la limite est arrivée"),
        ("une date qui existe, aaaa-mm-jj (en JSON) ou jj/mm/aaaa", "une date qui existe, aaaa-mm-jj"),
        (
            "une réunion se déplace par replan --meeting",
            "une réunion se déplace par l'évènement meeting_moved",
        ),
        ("A--b", "A--b"),
    ],
)
def test_what_only_the_command_line_knows_is_not_said(sentence: str, said: str) -> None:
    assert fault_of(Problem("", "x", sentence)).detail == f"x ; attendu : {said}"
    assert trouble_of(SolverLost(sentence)).french == said


def test_an_unknown_reader_is_a_fault_of_the_parameter() -> None:
    assert fault_of(Problem("--for", "x", "y")).parameter == "for"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnusableInput([Problem("/week", "x", "y")]), Code.UNUSABLE_INPUT),
        (ContradictoryWeek(["a"]), Code.CONTRADICTORY_WEEK),
        (NoTeam(["a"]), Code.NO_TEAM),
        (NoPlanYet("a"), Code.NO_PLAN_YET),
        (SolverLost("a"), Code.SOLVER_LOST),
    ],
)
def test_every_error_of_the_product_is_a_problem(error: PolyvalenceError, code: Code) -> None:
    assert trouble_of(error).code is code


def test_no_error_of_the_product_is_left_out() -> None:
    told = {UnusableInput, ContradictoryWeek, NoTeam, NoPlanYet, SolverLost}
    assert set(PolyvalenceError.__subclasses__()) == told


def test_a_problem_is_told_in_the_language_asked_for() -> None:
    trouble = Trouble(code=Code.NOT_FOUND, french="pas là", errors=(Fault(pointer="/a", detail="b"),))
    assert document_of(trouble, is_english=False) == {
        "type": "urn:polyvalence:problem:not_found",
        "title": "Rien de ce nom",
        "status": 404,
        "detail": "pas là",
        "code": "not_found",
        "errors": [{"pointer": "/a", "detail": "b"}],
    }
    assert document_of(trouble, is_english=True)["title"] == "Nothing by that name"
