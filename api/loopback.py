"""An open service answers this machine alone: not a page of elsewhere that a browser here was led to.

A name of elsewhere may be made to lead to 127.0.0.1 (DNS rebinding): the browser then names it in `Host`.
"""

from urllib.parse import urlsplit

from fastapi import Request

from api.problems import Code, Refused

NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def refuse_elsewhere(request: Request) -> None:
    """Refuse what was not asked of this machine by itself.

    Raises
    ------
    Refused
    """
    told = [f"//{request.headers.get('host', '')}"]
    if (origin := request.headers.get("origin")) is not None:
        told.append(origin)
    if not all(_is_here(one) for one in told):
        raise Refused(
            Code.FORBIDDEN,
            "sans clé, ce service ne répond qu'à localhost",
            "without a key this service answers localhost alone",
        )


def _is_here(address: str) -> bool:
    try:
        return urlsplit(address).hostname in NAMES
    except ValueError:
        return False
