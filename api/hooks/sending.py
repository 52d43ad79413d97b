"""Sending one message: no redirect is followed, no proxy used, nothing of the answer kept but its status."""

import ssl
from collections.abc import Callable, Mapping, Sequence

from httpcore2 import (
    URL,
    ConnectionPool,
    NetworkError,
    ProtocolError,
    Response,
    TimeoutException,
    UnsupportedProtocol,
    default_ssl_context,
)

from api.hooks.connecting import Checked
from api.hooks.targets import Target
from api.store.deliveries import Heard
from api.words import Failure
from optimizer import __version__

SECONDS_TO_CONNECT, SECONDS_IN_ALL = 5.0, 10.0
MOST_READ = 4096
USUAL = (
    ("content-type", "application/json"),
    ("user-agent", f"polyvalence/{__version__}"),
    ("connection", "close"),
)


class Post:
    """Sends a message where a target leads; one context of TLS serves all."""

    def __init__(self, seconds: float = SECONDS_IN_ALL, context: ssl.SSLContext | None = None) -> None:
        self._seconds, self._context = seconds, context or default_ssl_context()

    def __call__(self, target: Target, payload: str, headers: Mapping[str, str]) -> Heard:
        """Send a message, and hear how it was received."""
        try:
            status = self._status(target, payload.encode(), [*USUAL, *headers.items()])
        except TimeoutException:
            return Heard(error=Failure.TIMEOUT)
        except (NetworkError, ProtocolError, UnsupportedProtocol, ssl.SSLError, OSError):
            return Heard(error=Failure.UNREACHABLE)
        return Heard(status, _failure_of(status))

    def _status(self, target: Target, content: bytes, headers: Sequence[tuple[str, str]]) -> int:
        backend = Checked(target.addresses, self._seconds)
        steps = {"connect": SECONDS_TO_CONNECT}
        host = f"[{target.host}]" if ":" in target.host else target.host
        url = URL(scheme=target.scheme, host=host, port=target.port, target=target.path)
        with (
            ConnectionPool(self._context, network_backend=backend) as pool,
            pool.stream("POST", url, headers=headers, content=content, extensions={"timeout": steps}) as got,
        ):
            _read_a_little(got)
            return got.status


def _read_a_little(response: Response) -> None:
    """The start of an answer, so that its sender is not cut short; the rest is left, and all is forgotten."""
    read = 0
    for piece in response.iter_stream():
        read += len(piece)
        if read >= MOST_READ:
            return


def _failure_of(status: int) -> Failure | None:
    if 200 <= status < 300:
        return None
    return Failure.REDIRECTED if 300 <= status < 400 else Failure.NOT_ACCEPTED


Send = Callable[[Target, str, Mapping[str, str]], Heard]
