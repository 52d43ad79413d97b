"""How the server listens."""

import socket

import pytest

from api.serving import listening
from optimizer.errors import UnusableInput


def test_what_is_accepted_sends_at_once() -> None:
    with listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_that_is_taken_is_told() -> None:
    with listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(UnusableInput, match=rf"127\.0\.0\.1:{port}, où l'on ne peut écouter"):
            listening("127.0.0.1", port)
