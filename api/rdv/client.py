"""Calls of RDV-Solidarités' API: bounded in time, in size and in number; nothing of an answer is ever told.

Lists come by pages of 100 that `meta.next_page` follows; 429 says in `Retry-After` how long to wait.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2

from api.rdv.settings import RdvSettings
from optimizer.errors import Problem, UnusableInput

Json = dict[str, object]
Wait = Callable[[float], None]
SECONDS, MOST_BYTES, MOST_PAGES = 20, 32 * 1024 * 1024, 1_000
TRIES, USUAL_WAIT, LONGEST_WAIT = 5, 5, 120
SIGNED_IN = ("access-token", "client", "uid")
OK, NO_CONTENT, TOO_MANY = 200, 204, 429
SAID = {
    401: ("l'accès refusé (401)", "un jeton ou un compte qui ouvre cette API"),
    403: ("un droit qui manque (403)", "un agent qui a le droit de le faire"),
    404: ("rien de ce nom (404)", "un identifiant que cet agent peut lire"),
    429: (f"trop de demandes (429), après {TRIES} essais", "la même commande, plus tard"),
    422: ("une demande refusée (422)", "une demande que RDV-Solidarités accepte"),
}


@dataclass
class Api:
    """An instance of RDV-Solidarités, as one of its agents sees it."""

    http: httpx2.Client
    wait: Wait = field(default=time.sleep)

    def listed(self, path: str, key: str, **parameters: object) -> Iterator[object]:
        """The rows of a list, page after page.

        Raises
        ------
        UnusableInput
            A call fails: which, and what came back.
        """
        page: int | None = 1
        while page is not None:
            call = f"GET {path}, page {page}"
            document = self._sent("GET", path, call, params={**parameters, "page": page})
            rows, meta = document.get(key), document.get("meta")
            if not isinstance(rows, list):
                raise _refused(call, f"un document sans liste « {key} »", "une liste de l'API v1")
            yield from rows
            page = _next(meta, page, call)

    def create(self, path: str, content: Json) -> None:
        """Have something made.

        Raises
        ------
        UnusableInput
        """
        self._sent("POST", path, f"POST {path}", json=content)

    def change(self, path: str, content: Json) -> None:
        """Have something changed.

        Raises
        ------
        UnusableInput
        """
        self._sent("PATCH", path, f"PATCH {path}", json=content)

    def remove(self, path: str) -> None:
        """Have something removed.

        Raises
        ------
        UnusableInput
        """
        self._sent("DELETE", path, f"DELETE {path}")

    def sign_in(self, email: str, password: str) -> None:
        """Ask with the account of an agent from now on (deprecated there; a token is better).

        Raises
        ------
        UnusableInput
        """
        call, content = "POST /auth/sign_in", {"email": email, "password": password}
        response, _ = self._answered("POST", "/auth/sign_in", call, json=content)
        given = {name: response.headers[name] for name in SIGNED_IN if name in response.headers}
        if len(given) < len(SIGNED_IN):
            raise _refused(call, "une réponse sans jeton d'accès", "les en-têtes access-token, client et uid")
        self.http.headers.update(given)

    def _sent(self, method: str, path: str, call: str, **what: object) -> Json:
        """The document of an answer; an empty one where there is none."""
        response, content = self._answered(method, path, call, **what)
        if response.status_code == NO_CONTENT:
            return {}
        try:
            document = json.loads(content)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise _refused(call, "une réponse qui n'est pas un document JSON", "l'API v1 de RDV-Solidarités")
        return document

    def _answered(self, method: str, path: str, call: str, **what: object) -> tuple[httpx2.Response, bytes]:
        """An answer, asked for again as long as it is to wait."""
        for tries_left in reversed(range(TRIES)):
            response, content = self._once(method, path, call, what)
            if response.status_code != TOO_MANY or not tries_left:
                break
            self.wait(_seconds_to_wait(response, call))
        if response.status_code not in (OK, 201, NO_CONTENT):
            usual = f"une réponse {response.status_code}", "une réponse 200"
            raise _refused(call, *SAID.get(response.status_code, usual))
        return response, content

    def _once(self, method: str, path: str, call: str, what: Json) -> tuple[httpx2.Response, bytes]:
        content = bytearray()
        try:
            with self.http.stream(method, path.removeprefix("/"), **what) as response:  # type: ignore[arg-type]
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > MOST_BYTES:
                        raise _refused(call, "une réponse démesurée", f"au plus {MOST_BYTES >> 20} Mio")
        except httpx2.TimeoutException:
            raise _refused(call, f"aucune réponse en {SECONDS} s", "un serveur qui répond") from None
        except httpx2.HTTPError as error:
            found = f"une connexion impossible ({type(error).__name__})"
            raise _refused(call, found, "un serveur qui répond") from None
        return response, bytes(content)


@contextmanager
def connected(settings: RdvSettings, wait: Wait = time.sleep) -> Iterator[Api]:
    """The API of an instance; it follows no redirection, which could carry the token elsewhere.

    Raises
    ------
    UnusableInput
        The account is refused, or the server does not answer.
    """
    headers = {"Accept": "application/json", "User-Agent": "polyvalence"}
    if settings.token is not None:
        headers["Authorization"] = f"Bearer {settings.token.get_secret_value()}"
    address = f"{settings.url}/api/v1/"
    with httpx2.Client(base_url=address, headers=headers, timeout=SECONDS, follow_redirects=False) as http:
        api = Api(http, wait)
        if settings.token is None and settings.email is not None and settings.password is not None:
            api.sign_in(settings.email.get_secret_value(), settings.password.get_secret_value())
        yield api


def _next(meta: object, page: int, call: str) -> int | None:
    after = meta.get("next_page") if isinstance(meta, dict) else None
    if after is None:
        return None
    if not isinstance(after, int) or not page < after <= MOST_PAGES:
        raise _refused(call, "une page suivante impossible", f"la page {page + 1}, au plus {MOST_PAGES}")
    return after


def _seconds_to_wait(response: httpx2.Response, call: str) -> float:
    said = response.headers.get("retry-after", "")
    seconds = int(said) if said.isascii() and said.isdecimal() else USUAL_WAIT
    if seconds > LONGEST_WAIT:
        found = f"une attente demandée de {min(seconds, 10**9)} s (429)"
        raise _refused(call, found, f"au plus {LONGEST_WAIT} s ; recommencer plus tard")
    return seconds


def _refused(call: str, found: str, expected: str) -> UnusableInput:
    return UnusableInput([Problem(f"RDV-Solidarités, {call}", found, expected)])
