"""What is asked of a composition: values that contradict one another, names that nothing bears."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from optimizer.errors import UnusableInput
from optimizer.files.team_request import read_request
from optimizer.scenarios import Scenario
from optimizer.team import TeamRequest
from optimizer.team_request import request_problems
from tests.builders import a_week

WEEKS = [Scenario("lundi.json", a_week())]


def problems(**asked: object) -> list[str]:
    """What is wrong with a request, one line each."""
    return [str(one) for one in request_problems(TeamRequest.model_validate(asked), WEEKS)]


def test_a_request_that_names_what_exists_has_no_problem() -> None:
    assert not problems(
        keep=["AS01", "EV01"],
        posts=[{"profession": "ES", "service_id": "SECTEUR-1", "site_id": "MDS-B", "least": 1, "most": 2}],
        bounds=[{"profession": "AS", "service_id": "SECTEUR-1", "least": 1, "most": 3}],
        rules={"two_people_for": ["*", "SUIVI"], "people_per_manager": 10},
    )


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"keep": ["AS01", "AS99"]}, "/keep/1"),
        ({"posts": [{"profession": "ES", "service_id": "RIEN"}]}, "/posts/0/service_id"),
        ({"posts": [{"profession": "ES", "service_id": "EVAL-1", "site_id": "MDS-A"}]}, "/posts/0/site_id"),
        ({"bounds": [{"profession": "AS", "service_id": "RIEN", "most": 1}]}, "/bounds/0/service_id"),
        ({"rules": {"two_people_for": ["JONGLAGE"]}}, "/rules/two_people_for/0"),
    ],
)
def test_a_name_that_nothing_bears_is_told_with_its_place(asked: dict[str, object], where: str) -> None:
    (found,) = problems(**asked)
    assert found.startswith(where)


def test_a_pattern_must_be_defined_where_any_is() -> None:
    pattern = {"name": "90", "quotite": 90, "windows": [{"day": "monday", "start": "09:00", "end": "12:00"}]}
    asked = [{"profession": "ES", "service_id": "SECTEUR-1", "patterns": ["60"]}]
    (found,) = problems(patterns=[pattern], posts=asked)
    assert "/posts/0/patterns/0" in found
    assert "90" in found


def test_whoever_must_stay_fits_within_the_bounds() -> None:
    # AS01 and CESF01 stay; at most no AS in the sector team contradicts it
    (found,) = problems(keep=["AS01"], bounds=[{"profession": "AS", "service_id": "SECTEUR-1", "most": 0}])
    assert "/bounds/0/most" in found


def test_costs_are_given_for_every_profession_or_for_none() -> None:
    (first, *_) = problems(costs={"AS": 60_000, "CESF": 60_000, "ES": 60_000})
    assert first.startswith("/costs/CT")
    assert not problems(costs={"AS": 60_000, "CESF": 60_000, "ES": 60_000, "CT": 80_000})


ALL_WEEK = [
    {"day": day_, "start": "08:00", "end": "18:00"}
    for day_ in ("monday", "tuesday", "wednesday", "thursday", "friday")
]


def test_hours_are_those_of_a_fraction() -> None:
    TeamRequest.model_validate({"patterns": [{"name": "x", "quotite": 100, "windows": ALL_WEEK}]})
    with pytest.raises(ValidationError, match="10 % de temps plein pour 50 h par semaine"):
        TeamRequest.model_validate({"patterns": [{"name": "x", "quotite": 10, "windows": ALL_WEEK}]})


def test_two_bounds_that_contradict_each_other_are_told() -> None:
    kind = {"profession": "AS", "service_id": "SECTEUR-1"}
    assert not problems(bounds=[kind | {"least": 1, "most": 5}, kind | {"least": 3}])
    (told,) = problems(bounds=[kind | {"most": 4}, kind | {"least": 5}])
    assert told.startswith("/bounds/1 : au moins 5 et au plus 4 AS dans SECTEUR-1")


def test_posts_of_one_kind_are_at_named_sites_or_at_any() -> None:
    anywhere = {"profession": "AS", "service_id": "SECTEUR-1"}
    assert not problems(posts=[anywhere, anywhere | {"profession": "ES", "site_id": "MDS-A"}])
    (told,) = problems(posts=[anywhere, anywhere | {"site_id": "MDS-A", "most": 0}])
    assert told.startswith("/posts/0/site_id : des postes AS de SECTEUR-1 sans site")


@pytest.mark.parametrize(
    "asked",
    [
        {"costs": {"AS": -1}},
        {"costs": {"AS": 0}},
        {"bounds": [{"profession": "AS", "service_id": "S", "least": 3, "most": 2}]},
        {"posts": [{"profession": "AS", "service_id": "S", "least": 3, "most": 2}]},
        {"share_percent": 0},
        {"share_percent": 101},
        {"tolerance": -5},
        {"patterns": [{"name": "x", "quotite": 10, "windows": ALL_WEEK}]},
        {"patterns": [{"name": "x", "quotite": 1, "windows": ALL_WEEK[:1]}]},
        {"keep": ["AS 01"]},
        {"rules": {"people_per_manager": 0}},
        {"color": "bleu"},
    ],
)
def test_a_value_that_makes_no_sense_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TeamRequest.model_validate(asked)


def test_two_patterns_never_share_a_name() -> None:
    pattern = {"name": "50", "quotite": 50, "windows": [{"day": "monday", "start": "09:00", "end": "12:00"}]}
    with pytest.raises(ValidationError):
        TeamRequest.model_validate({"patterns": [pattern, pattern]})


def test_a_file_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    path = tmp_path / "demande.json"
    path.write_text(json.dumps({"costs": {"AS": -5}, "bornes": []}))
    with pytest.raises(UnusableInput) as caught:
        read_request(path)
    told = "\n".join(map(str, caught.value.problems))
    assert "demande.json, /bornes" in told
    assert "champ inconnu" in told
    assert "share_percent" in told  # the fields of a request, not those of a week


def test_a_file_that_holds_no_object_is_shown_a_request(tmp_path: Path) -> None:
    path = tmp_path / "demande.json"
    path.write_text("[]")
    with pytest.raises(UnusableInput, match=r'une liste ; attendu : un objet : \{ "posts"'):
        read_request(path)


def test_another_form_than_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput):
        read_request(tmp_path / "demande.yaml")
