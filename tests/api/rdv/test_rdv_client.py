"""Calls of the API: pages, waits, refusals, and nothing told of what came back."""

import socket

import pytest

from api.rdv.client import LONGEST_WAIT, TRIES, Api, connected
from api.rdv.settings import RdvSettings, settings_told
from optimizer.errors import UnusableInput
from tests.api.rdv.double import PASSWORD, TOKEN, Double, an_absence, leaks

BUSY = (429, {"Retry-After": "7"}, '{"errors": ["Quidam"]}')


def listed(waits: list[float] | None = None) -> list[object]:
    """The absences, by the token of the environment."""
    with connected(settings_told(), wait=(waits if waits is not None else []).append) as api:
        return list(api.listed("/absences", "absences"))


def refusal(double: Double, *answers: tuple[int, dict[str, str], str]) -> str:
    """What is told of answers."""
    double.answers += answers
    with pytest.raises(UnusableInput) as caught:
        listed()
    assert leaks(str(caught.value), repr(caught.value)) == [] and caught.value.__cause__ is None
    return str(caught.value)


def test_a_list_is_followed_to_its_last_page(double: Double) -> None:
    double.absences += [an_absence(n, 11, "2026-01-06", "09:00", "10:00") for n in range(1, 202)]
    assert len(listed()) == 201
    assert [path for _, path, _ in double.calls] == ["/absences"] * 3


def test_too_many_calls_wait_as_long_as_they_are_told(double: Double) -> None:
    double.answers += [BUSY, (429, {}, ""), (429, {"Retry-After": "soon"}, "")]
    waits: list[float] = []
    assert listed(waits) == []
    assert waits == [7, 5, 5]


def test_a_server_that_is_always_too_busy_is_left(double: Double) -> None:
    told = refusal(double, *[BUSY] * TRIES)
    assert "trop de demandes (429), après 5 essais" in told and len(double.calls) == TRIES


def test_a_wait_beyond_reason_is_not_waited(double: Double) -> None:
    told = refusal(double, (429, {"Retry-After": str(LONGEST_WAIT + 1)}, ""))
    assert "une attente demandée de 121 s (429)" in told and len(double.calls) == 1


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ((401, {}, '{"errors": ["Quidam"]}'), "l'accès refusé (401)"),
        ((403, {}, "Quidam"), "un droit qui manque (403)"),
        ((404, {}, "Quidam"), "rien de ce nom (404)"),
        ((500, {}, "Quidam"), "une réponse 500"),
        ((302, {"Location": "https://quidam.exemple/"}, ""), "une réponse 302"),
        ((200, {}, "<html>Quidam"), "une réponse qui n'est pas un document JSON"),
        ((200, {}, "[" * 100_000), "une réponse qui n'est pas un document JSON"),
        ((200, {}, '["Quidam"]'), "une réponse qui n'est pas un document JSON"),
        ((200, {}, '{"absences": "Quidam"}'), "un document sans liste « absences »"),
        ((200, {}, '{"absences": [], "meta": {"next_page": 1}}'), "une page suivante impossible"),
        ((200, {}, '{"absences": [], "meta": {"next_page": "Quidam"}}'), "une page suivante impossible"),
        ((200, {}, '{"absences": [], "meta": {"next_page": 1001}}'), "une page suivante impossible"),
    ],
)
def test_an_answer_that_is_none_names_the_call_and_nothing_else(
    double: Double, answer: tuple[int, dict[str, str], str], found: str
) -> None:
    told = refusal(double, answer)
    assert told.startswith(f"RDV-Solidarités, GET /absences, page 1 : {found}")


def test_an_answer_too_large_is_not_read_to_its_end(double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.rdv.client.MOST_BYTES", 1 << 20)
    told = refusal(double, (200, {}, "Quidam" * 200_000))
    assert "une réponse démesurée" in told


def test_a_server_that_is_not_there_is_told() -> None:
    settings = RdvSettings(url="http://127.0.0.1:1", token=TOKEN)  # type: ignore[arg-type]
    with connected(settings) as api, pytest.raises(UnusableInput, match="une connexion impossible"):
        list(api.listed("/absences", "absences"))


def test_a_server_that_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.rdv.client.SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = RdvSettings(url=f"http://127.0.0.1:{listener.getsockname()[1]}", token=TOKEN)  # type: ignore[arg-type]
        with connected(settings) as api, pytest.raises(UnusableInput, match="aucune réponse en 0"):
            list(api.listed("/absences", "absences"))


# ------------------------------------------------------------ who asks


def test_an_account_signs_in_once(double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLYVALENCE_RDV_TOKEN")
    monkeypatch.setenv("POLYVALENCE_RDV_EMAIL", "chef@dep.exemple")
    monkeypatch.setenv("POLYVALENCE_RDV_PASSWORD", PASSWORD)
    assert listed() == []
    assert [f"{method} {path}" for method, path, _ in double.calls] == ["POST /auth/sign_in", "GET /absences"]
    monkeypatch.setenv("POLYVALENCE_RDV_PASSWORD", f"{PASSWORD}x")
    assert PASSWORD not in refusal(double)


def test_an_account_that_gets_no_token_is_told(double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLYVALENCE_RDV_TOKEN")
    monkeypatch.setenv("POLYVALENCE_RDV_EMAIL", "chef@dep.exemple")
    monkeypatch.setenv("POLYVALENCE_RDV_PASSWORD", PASSWORD)
    told = refusal(double, (200, {"access-token": "x"}, "{}"))
    assert "POST /auth/sign_in : une réponse sans jeton d'accès" in told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"URL": None}, "POLYVALENCE_RDV_URL : variable d'environnement absente"),
        ({"URL": "http://rdv.exemple"}, "POLYVALENCE_RDV_URL : une adresse qui n'est pas en https"),
        ({"URL": "https://me:hunter2@rdv.exemple"}, "POLYVALENCE_RDV_URL : une adresse qui porte"),
        ({"URL": "hunter2"}, "POLYVALENCE_RDV_URL : une adresse qui n'est pas en https"),
        ({"TOKEN": None}, "ni jeton ni compte"),
        ({"TOKEN": None, "PASSWORD": "hunter2"}, "ni jeton ni compte"),
    ],
)
@pytest.mark.usefixtures("double")
def test_what_the_environment_lacks_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str | None], told: str
) -> None:
    for name, value in changed.items():
        if value is None:
            monkeypatch.delenv(f"POLYVALENCE_RDV_{name}")
        else:
            monkeypatch.setenv(f"POLYVALENCE_RDV_{name}", value)
    with pytest.raises(UnusableInput) as caught:
        settings_told()
    assert told in str(caught.value) and "hunter2" not in str(caught.value)


@pytest.mark.usefixtures("double")
def test_what_is_secret_is_not_in_the_words_of_objects() -> None:
    with connected(settings_told()) as api:
        assert isinstance(api, Api)
        assert TOKEN not in f"{api!r} {settings_told()!r} {api.http.headers!r}"
