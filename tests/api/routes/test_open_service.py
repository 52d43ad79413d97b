"""A service that is open to this machine: what a browser on it may be led to ask."""

import pytest
from fastapi.testclient import TestClient

from api.app import make_app
from api.settings import Settings
from api.store.database import Store


@pytest.fixture
def http(store: Store) -> TestClient:
    return TestClient(make_app(store, Settings(is_open=True)), base_url="http://localhost:8000")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "attacker.example:8000"},
        {"Host": "localhost.attacker.example"},
        {"Host": "["},
        {"Host": "localhost:8000", "Origin": "http://attacker.example"},
        {"Host": "localhost:8000", "Origin": "null"},
    ],
)
def test_a_page_of_elsewhere_obtains_nothing(http: TestClient, headers: dict[str, str]) -> None:
    for method, path in (("GET", "/v1/weeks"), ("POST", "/v1/keys"), ("POST", "/v1/jobs/x/stop")):
        answer = http.request(method, path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_heard(http: TestClient, host: str) -> None:
    assert http.get("/v1/weeks", headers={"Host": host}).status_code == 200
    assert http.get("/v1/weeks", headers={"Host": host, "Origin": f"http://{host}"}).status_code == 200
