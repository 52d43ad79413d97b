"""What routes are given: the service, who asks, a page, and nothing that they did not ask for."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, FastAPI, Header, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from api.callers import Caller, Gate
from api.clock import Now
from api.hooks.targets import Targets
from api.limits import AtOnce, Budgets, address_of
from api.loopback import refuse_elsewhere
from api.measures import Measures
from api.problems import Code, Fault, Refused
from api.settings import Settings
from api.sheets import Sheets
from api.store.audit import note
from api.store.database import Store
from api.words import Scope

MOST_ROWS, USUAL_ROWS = 200, 50
LONGEST_WAIT = 30
MOST_FAULTS = 20
BEARER = HTTPBearer(auto_error=False, description="Une clé de `polyvalence keys create`")


@dataclass(frozen=True, eq=False)
class Service:
    """What the whole application shares."""

    store: Store
    settings: Settings
    now: Now
    gate: Gate
    measures: Measures
    sheets: Sheets
    targets: Targets
    budgets: Budgets
    at_once: AtOnce

    def note(self, session: Session, caller: Caller, action: str, object_id: str | None) -> None:
        """Add a line to the audit log."""
        note(session, caller.tenant_id, caller.key_id, action, object_id, self.now())


def service_of(request: Request) -> Service:
    """The service of this application."""
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(service_of)]


def caller_of(
    request: Request,
    service: Served,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
) -> Caller:
    """Who asks, not too often."""
    if credentials is None and service.gate.open_tenant is not None:
        refuse_elsewhere(request)
    caller = service.gate.caller(credentials.credentials if credentials else None, address_of(request))
    service.budgets.spend(request, caller.key_id or caller.tenant_id, service.now())
    return caller


def _whole(scope: Scope) -> Callable[[Caller], Caller]:
    def allowed(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
        caller.needs(scope)
        caller.needs_whole()
        return caller

    return allowed


def _reader(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
    caller.needs(Scope.READ)
    return caller


LimitedReader = Annotated[Caller, Depends(_reader)]
"""Who may read, perhaps for one service or one person alone: the route sees to it."""
Reader = Annotated[Caller, Depends(_whole(Scope.READ))]
Solver = Annotated[Caller, Depends(_whole(Scope.SOLVE))]


def _at_once(caller: Annotated[Caller, Depends(_whole(Scope.SOLVE))], service: Served) -> Iterator[Caller]:
    with service.at_once.one_of(caller.tenant_id):
        yield caller


Asker = Annotated[Caller, Depends(_at_once)]
"""Who asks what is computed while they wait: few at a time."""
Publisher = Annotated[Caller, Depends(_whole(Scope.PUBLISH))]
Admin = Annotated[Caller, Depends(_whole(Scope.ADMIN))]

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Lignes au plus")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next_cursor` de la page précédente")]
Wait = Annotated[int, Query(ge=0, le=LONGEST_WAIT, description="Secondes à attendre la fin")]
IdempotencyKey = Annotated[
    str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")
]
IfMatch = Annotated[str | None, Header(alias="If-Match", max_length=200)]


def mark_of(id_: str, revision: int) -> str:
    """The `ETag` of what has a revision."""
    return f'"{id_}.{revision}"'


def unless_changed(known: str | None, mark: str) -> None:
    """Refuse a change by who knows it as it was before another one.

    Raises
    ------
    Refused
    """
    if known is not None and known.strip() != "*" and mark not in known:
        raise Refused(Code.PRECONDITION_FAILED)


def no_other_parameters(request: Request) -> None:
    """Refuse a parameter that the contract does not name, or that comes twice: it would go unheard.

    Raises
    ------
    Refused
    """
    known = parameters_of(request.app).get(getattr(request.scope.get("route"), "operation_id", None), set())
    asked = Counter(name for name, _ in request.query_params.multi_items())
    faults = [_fault(name, "inconnu", "unknown") for name in asked if name not in known]
    faults += [_fault(name, "répété", "repeated") for name, times in asked.items() if times > 1]
    if faults:
        raise Refused(Code.INVALID_REQUEST, faults=tuple(faults[:MOST_FAULTS]))


def parameters_of(app: FastAPI) -> dict[str | None, set[str]]:
    """The parameters of each operation, as the contract names them; looked up once."""
    if not hasattr(app.state, "parameters"):
        operations = [one for path in app.openapi()["paths"].values() for one in path.values()]
        app.state.parameters = {
            one["operationId"]: {each["name"] for each in one.get("parameters", ()) if each["in"] == "query"}
            for one in operations
        }
    found: dict[str | None, set[str]] = app.state.parameters
    return found


def _fault(name: str, french: str, english: str) -> Fault:
    return Fault(parameter=name[:64], detail=f"paramètre {french}", english=f"{english} parameter")
