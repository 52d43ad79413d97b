"""The application: routes, who may ask, problems, and nothing that is not in the contract."""

from fastapi import APIRouter, Depends, FastAPI

from api.answers import tell_problems
from api.callers import LOCAL, Gate
from api.clock import Now, utc_now
from api.contract import document_contract
from api.given import Service, no_other_parameters
from api.logs import AccessLog
from api.measures import Measures
from api.routes import discovery, health, jobs, progress, rdv, results, stateless, weeks
from api.settings import Settings
from api.store.database import Store
from api.store.keys import tenant_named
from optimizer import __version__

ROUTERS = (
    weeks.router,
    jobs.router,
    results.router,
    progress.router,
    stateless.router,
    rdv.router,
    discovery.router,
)


def make_app(store: Store, settings: Settings, now: Now = utc_now) -> FastAPI:
    """The application over a database whose tables are there."""
    app = FastAPI(
        title="polyvalence",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,
    )
    measures, gate = Measures(), Gate(store, now, _open_tenant(store, settings, now))
    app.state.service = Service(store, settings, now, gate, measures)
    first = APIRouter(prefix="/v1", dependencies=[Depends(no_other_parameters)])
    for router in ROUTERS:
        first.include_router(router)
    app.include_router(first)
    app.include_router(health.router)
    app.add_middleware(AccessLog, measures=measures)
    tell_problems(app)
    document_contract(app)
    return app


def _open_tenant(store: Store, settings: Settings, now: Now) -> str | None:
    """The tenant of whoever asks without a key, where the service is open."""
    if not settings.is_open:
        return None
    with store.writing() as session:
        return tenant_named(session, LOCAL, now()).id
