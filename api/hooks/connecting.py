"""Connections to the very addresses that were checked, ended at a deadline however slow the other side is."""

import ssl
from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Any

from httpcore2 import SOCKET_OPTION, ConnectError, NetworkBackend, NetworkStream, ReadTimeout, SyncBackend

from api.hooks.addresses import Address


class Checked(NetworkBackend):
    """Connects to these addresses whatever the name: a name that changes meanwhile leads nowhere else."""

    def __init__(self, addresses: Sequence[Address], seconds: float) -> None:
        self._addresses, self._until = addresses, monotonic() + seconds

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """A connection to the first address that answers."""
        last: Exception = ConnectError("no address")
        for address in self._addresses:
            try:
                stream = SyncBackend().connect_tcp(
                    str(address), port, _left(self._until, timeout), local_address, socket_options
                )
            except ConnectError as error:
                last = error
            else:
                return Hurried(stream, self._until)
        raise last


class Hurried(NetworkStream):
    """A stream whose every step ends before one deadline: a byte now and then does not keep it open."""

    def __init__(self, stream: NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes before the deadline."""
        return self._stream.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, before the deadline."""
        self._stream.write(buffer, _left(self._until, timeout))

    def close(self) -> None:
        """Close."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """The same, with TLS for the name that was asked for."""
        left = _left(self._until, timeout)
        return Hurried(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        """What is known of it."""
        return self._stream.get_extra_info(info)


def _left(until: float, timeout: float | None) -> float:
    """The seconds that one step may take.

    Raises
    ------
    ReadTimeout
        None is left.
    """
    left = until - monotonic()
    if left <= 0:
        raise ReadTimeout("deadline")
    return left if timeout is None else min(left, timeout)
