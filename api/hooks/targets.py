"""Where a webhook may go: an address that is read strictly, and looked up each time that it is used."""

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from api.hooks.addresses import Address, is_allowed
from api.problems import Code, Refused

MOST_CHARACTERS = 1000
PORTS = {"https": 443, "http": 80}
NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\.?", re.IGNORECASE
)
WRITABLE = re.compile(r"[\x21-\x7e]+")
Resolve = Callable[[str, int], tuple[Address, ...]]


def resolved(host: str, port: int) -> tuple[Address, ...]:
    """The addresses of a name, as this machine knows them; none where it knows none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    texts = dict.fromkeys(str(where[0]).partition("%")[0] for *_, where in found)
    return tuple(ip_address(text) for text in texts)


@dataclass(frozen=True)
class Target:
    """An address of the web in its parts; `addresses` are those that were checked, and no other is used."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True)
class Targets:
    """Where webhooks may go. `named` are the hosts (`host` or `host:port`) that the operator allows, though
    they are private or have no TLS."""

    named: frozenset[str] = frozenset()
    resolve: Resolve = resolved

    def target(self, url: str) -> Target:
        """Where an address leads now.

        Raises
        ------
        Refused
            It is malformed, has no TLS, holds a password, has a name that nobody knows, or leads inside.
        """
        scheme, host, port, path = _parts(url)
        is_named = bool({host, f"{host}:{port}"} & self.named)
        if scheme == "http" and not is_named:
            raise Refused(Code.WEBHOOK_NOT_HTTPS)
        addresses = self.resolve(host, port)
        if not addresses:
            raise Refused(Code.WEBHOOK_UNRESOLVED)
        if not all(is_allowed(address, is_named) for address in addresses):
            raise Refused(Code.WEBHOOK_TARGET_PRIVATE)
        return Target(scheme, host, port, path, addresses)


def hosts_of(setting: str) -> frozenset[str]:
    """The hosts of a setting, between commas."""
    return frozenset(one.strip().lower() for one in setting.split(",") if one.strip())


def is_host(text: str) -> bool:
    """Whether a text is `host` or `host:port`, as targets are named."""
    host, _, port = text.rpartition(":")
    return _is_host(text) or (port.isdecimal() and 0 < int(port[:6]) < 65536 and _is_host(host))


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port, path with its query."""
    malformed = Refused(Code.WEBHOOK_URL_MALFORMED)
    if len(url) > MOST_CHARACTERS or not WRITABLE.fullmatch(url) or "\\" in url:
        raise malformed
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise malformed from None
    if "@" in parts.netloc:
        raise Refused(Code.WEBHOOK_HAS_CREDENTIALS)
    if parts.scheme not in PORTS or parts.fragment or port == 0 or not _is_host(host):
        raise malformed
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or PORTS[parts.scheme], path


def _is_host(host: str) -> bool:
    """A name, or a number of IPv6; one of IPv4 reads like a name."""
    if ":" not in host:
        return NAME.fullmatch(host) is not None
    try:
        return "%" not in host and ip_address(host).version == 6
    except ValueError:
        return False
