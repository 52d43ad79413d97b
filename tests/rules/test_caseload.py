"""Caseloads follow the quotité, within ten percent."""

from collections.abc import Sequence

from tests.builders import a_case, a_plan, a_professional, a_referent, a_week, price, team_with


def caseload(*dossiers: int, quotites: Sequence[int] = (100, 100, 100), weight: int = 0) -> int:
    """The price of the files of AS01, CESF01 and ES01, with a case attributed to AS01."""
    team = [
        a_professional(name, profession, dossiers=files, quotite=quotite)
        for (name, profession), files, quotite in zip(
            (("AS01", "AS"), ("CESF01", "CESF"), ("ES01", "ES")), dossiers, quotites, strict=True
        )
    ]
    case = a_case("FAM1", referent=None if weight else "AS01", weight=weight or 1)
    rows = [a_referent("FAM1", "AS01")] if weight else []
    return price(a_week(professionals=team, cases=[case]), a_plan(*rows), "caseload")


def test_ten_percent_cost_nothing() -> None:
    # a third of 33 is 11: from ceil(9.9) = 10 to floor(12.1) = 12
    assert caseload(12, 11, 10) == 0


def test_one_file_above_costs_two() -> None:
    assert caseload(13, 10, 10) == 20


def test_one_file_under_costs_two() -> None:
    assert caseload(12, 12, 9) == 20


def test_the_share_follows_the_quotite() -> None:
    # 250 % in all and 30 files: 12 each, 6 for the half-timer
    assert caseload(12, 12, 6, quotites=(100, 100, 50)) == 0


def test_what_is_attributed_counts_by_its_weight() -> None:
    assert caseload(10, 10, 10, weight=3) == 20  # 13, 10 and 10


def test_managers_and_evaluators_have_no_files() -> None:
    team = team_with(a_professional("CT01", "CT", dossiers=50))
    assert price(a_week(professionals=team), a_plan(), "caseload") == 0
