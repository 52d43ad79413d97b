"""Sending to a real receiver, however it behaves."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from api.hooks.sending import MOST_READ, Post
from api.hooks.targets import Target, Targets, hosts_of
from api.store.deliveries import Heard
from tests.api.hooks.receivers import Receiver, receiving

PAYLOAD = '{"type":"webhook.test"}'
HERE = (ip_address("127.0.0.1"),)


def target_of(receiver: Receiver) -> Target:
    return Targets(hosts_of(receiver.host)).target(receiver.url + "?a=b")


def sent(target: Target, seconds: float = 5) -> Heard:
    return Post(seconds)(target, PAYLOAD, {"webhook-id": "msg_1"})


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of somebody who takes a connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_message_arrives_whole(receiver: Receiver) -> None:
    assert sent(target_of(receiver)) == Heard(204)
    ((path, headers, content),) = receiver.came
    assert (path, content) == ("/hook?a=b", PAYLOAD)
    assert headers["host"] == receiver.host
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == "msg_1"


def test_the_address_that_was_checked_is_used_whatever_the_name(receiver: Receiver) -> None:
    # nobody knows this name: a sender that looked it up again would not arrive
    assert sent(Target("http", "nowhere.invalid", receiver.port, "/", HERE)) == Heard(204)
    assert receiver.came[0][1]["host"] == f"nowhere.invalid:{receiver.port}"


def test_addresses_are_tried_one_after_the_other(receiver: Receiver) -> None:
    nobody = ip_address("127.255.255.254")
    assert sent(Target("http", "a", receiver.port, "/", (nobody, *HERE))).status_code == 204


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (200, None),
        (299, None),
        (302, "redirected"),
        (400, "not_accepted"),
        (410, "not_accepted"),
        (503, "not_accepted"),
    ],
)
def test_a_status_is_what_is_heard(receiver: Receiver, status: int, error: str | None) -> None:
    receiver.status, receiver.location = status, receiver.url if status == 302 else None
    assert sent(target_of(receiver)) == Heard(status, error)
    assert len(receiver.came) == 1  # no redirect is followed


def test_no_proxy_of_the_environment_is_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert sent(target_of(receiver)) == Heard(204)


def test_a_long_answer_is_left_unread(receiver: Receiver) -> None:
    receiver.status, receiver.body = 200, b"x" * (64 * MOST_READ)
    assert sent(target_of(receiver)) == Heard(200)


def test_who_does_not_answer_is_left(silent: int) -> None:
    assert sent(Target("http", "a", silent, "/", HERE), 0.2) == Heard(error="timeout")


def test_who_answers_a_byte_at_a_time_is_left(receiver: Receiver) -> None:
    receiver.status, receiver.body, receiver.seconds_between_bytes = 200, b"x" * 100, 0.05
    assert sent(target_of(receiver), 0.3) == Heard(error="timeout")


def test_where_nobody_listens_is_told(silent: int) -> None:
    nobody = (ip_address("127.255.255.254"),)
    assert sent(Target("http", "a", silent, "/", nobody)) == Heard(error="unreachable")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
@pytest.mark.parametrize(
    ("host", "heard"), [("agenda.test", Heard(204)), ("b.test", Heard(error="unreachable"))]
)
def test_a_certificate_is_for_the_name_that_was_asked_for(tmp_path: Path, host: str, heard: Heard) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=agenda.test"]
    named = ["-addext", "subjectAltName=DNS:agenda.test", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *named], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.create_default_context(cafile=str(certificate))
    with receiving(server) as receiver:
        target = Target("https", host, receiver.port, "/", HERE)
        assert Post(5, client)(target, PAYLOAD, {}) == heard


def test_a_certificate_is_asked_for(receiver: Receiver) -> None:
    told = Post(1, ssl.create_default_context())(Target("https", "a", receiver.port, "/", HERE), PAYLOAD, {})
    assert told == Heard(error="unreachable") and receiver.came == []
