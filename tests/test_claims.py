"""What a plan may not claim of itself: each false claim alone is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.files.week_writing import write_week
from tests.builders import a_mission, a_week

Captured = pytest.CaptureFixture[str]
Document = dict[str, object]
LATER = "2026-01-12"


def announced() -> Document:
    """SUIVI due after the horizon and not placed: 5 working days of waiting, 1 point each."""
    return {
        "schema_version": "1",
        "status": "feasible",
        "levels": [
            {"name": "commitments", "value": 5.0, "bound": 4.0, "gap": 0.2, "absolute_gap": 1.0},
            {"name": "preferences", "value": 0.0, "bound": 0.0, "gap": 0.0, "absolute_gap": 0.0},
        ],
        "unserved": [{"mission_id": "M1", "reason": "waiting", "earliest_date": LATER}],
        "checker": {"passed": True, "violations": []},
    }


@pytest.fixture
def check(tmp_path: Path) -> Callable[[Document], int]:
    """The judge's exit code for a plan of a week of one mission."""
    write_week(a_week([a_mission("M1", "SUIVI", "FAM1", due="2026-01-16")]), tmp_path / "semaine.json")

    def judged(document: Document) -> int:
        (tmp_path / "plan.json").write_text(json.dumps(document))
        return run(["check", str(tmp_path / "semaine.json"), str(tmp_path / "plan.json")])

    return judged


def level(rank: int, **fields: object) -> Callable[[Document], object]:
    return lambda document: document["levels"][rank].update(fields)  # type: ignore[index]


def field(name: str, value: object) -> Callable[[Document], object]:
    return lambda document: document.update({name: value})


def unserved_on(day: str) -> Callable[[Document], object]:
    return field("unserved", [{"mission_id": "M1", "reason": "waiting", "earliest_date": day}])


def test_a_plan_that_claims_what_is_true_is_accepted(check: Callable[[Document], int]) -> None:
    assert check(announced()) == 0


CHANGES: list[tuple[Callable[[Document], object], str]] = [
    (field("status", "optimal"), "alors qu'il reste un écart : Engagements"),
    (field("status", "unknown"), "statut « unknown »"),
    (field("status", "infeasible"), "statut « infeasible »"),
    (level(0, gap=0.1), "écart de 0,1 annoncé, 0,2"),
    (level(0, absolute_gap=0.9), "écart absolu de 0,9 annoncé, 1 "),
    (lambda document: document["levels"].pop(), "niveaux annoncés : commitments ;"),
    (lambda document: document["levels"].reverse(), "niveaux annoncés : preferences, commitments ;"),
    (
        lambda document: document["levels"].append(document["levels"][1]),
        "commitments, preferences, preferences",
    ),
    (level(1, name="préférences"), "niveaux annoncés : commitments, préférences"),
    (level(0, value=5.04, gap=1.04 / 5.04, absolute_gap=1.04), "5,04 points annoncés, 5 comptés"),
    (level(1, value=-0.04, gap=-0.04, absolute_gap=-0.04), "-0,04 points annoncés, 0 comptés"),
    (level(0, bound=5.04, gap=-0.008, absolute_gap=-0.04), "borne de 5,04 au-dessus de la valeur"),
    (unserved_on("2026-01-09"), "au plus tôt le 09/01/2026"),
    (unserved_on("2026-01-17"), "un jour travaillé"),
    (unserved_on("2026-05-01"), "un jour travaillé"),
    (field("checker", {"passed": False, "violations": []}), "checker.passed"),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_a_false_claim_alone_is_refused(
    change: Callable[[Document], object], told: str, check: Callable[[Document], int], capsys: Captured
) -> None:
    document = announced()
    change(document)
    assert check(document) == 1
    out = capsys.readouterr().out
    assert "Plan refusé : 1 infraction" in out
    assert told in out


@pytest.mark.parametrize("change", [change for change, _ in CHANGES])
def test_what_was_claimed_wrongly_is_written_right(
    change: Callable[[Document], object], check: Callable[[Document], int], tmp_path: Path
) -> None:
    document = announced()
    change(document)
    check(document)
    week, plan, again = (str(tmp_path / name) for name in ("semaine.json", "plan.json", "juste.json"))
    assert run(["check", week, plan, "-o", again]) == 0
    assert run(["check", week, again]) == 0


def test_a_rounded_gap_is_no_false_claim(check: Callable[[Document], int]) -> None:
    document = announced()
    level(0, gap=0.2000000001, absolute_gap=0.9999999999)(document)
    assert check(document) == 0


def test_a_plan_without_figures_is_judged_on_its_rules(
    check: Callable[[Document], int], capsys: Captured
) -> None:
    assert check(announced() | {"levels": []}) == 0
    assert "aucun chiffrage" in capsys.readouterr().err


def test_a_plan_of_another_version_is_unusable(check: Callable[[Document], int], capsys: Captured) -> None:
    assert check(announced() | {"schema_version": "2"}) == 2
    err = capsys.readouterr().err
    assert "#/schema_version" in err
    assert 'attendu : "1"' in err


@pytest.mark.parametrize("instant", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_an_instant_out_of_the_calendar_is_unusable(
    instant: str, check: Callable[[Document], int], capsys: Captured
) -> None:
    row = {"mission_id": "M1", "professional_ids": ["AS01"], "start": instant, "end": instant}
    assert check(announced() | {"assignments": [row], "unserved": []}) == 2
    err = capsys.readouterr().err
    assert "#/assignments/0/start" in err
    assert "hors du calendrier" in err


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_date_far_away_is_judged(day: str, check: Callable[[Document], int]) -> None:
    row = {"mission_id": "M1", "reason": "waiting", "earliest_date": day}
    assert check(announced() | {"unserved": [row]}) in (0, 1)
