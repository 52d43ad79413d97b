"""The application: routes, who may ask, problems, and nothing that is not in the contract."""

from fastapi import APIRouter, Depends, FastAPI
from opentelemetry.trace import Tracer

from api.answers import tell_problems
from api.callers import LOCAL, Gate
from api.clock import Now, utc_now
from api.contract import document_contract
from api.given import Service, no_other_parameters
from api.hooks.targets import Targets, hosts_of
from api.limits import AtOnce, Buckets, Budgets, QuotaHeaders
from api.logs import AccessLog
from api.measures import Measures
from api.routes import (
    discovery,
    health,
    jobs,
    keys,
    progress,
    publishing,
    rdv,
    results,
    stateless,
    webhooks,
    weeks,
)
from api.settings import Settings
from api.sheets import Sheets
from api.store.database import Store
from api.store.keys import tenant_named
from api.tracing import OURS_ALONE, Traced
from optimizer import __version__

ROUTERS = (
    weeks.router,
    jobs.router,
    results.router,
    progress.router,
    publishing.router,
    webhooks.router,
    keys.router,
    stateless.router,
    rdv.router,
    discovery.router,
)


def make_app(store: Store, settings: Settings, now: Now = utc_now, tracer: Tracer | None = None) -> FastAPI:
    """The application over a database whose tables are there; with a tracer, requests are spans."""
    app = FastAPI(
        title="polyvalence",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,
        telemetry=OURS_ALONE,
    )
    measures, failures = Measures(), Buckets("failures", settings.failures_per_minute)
    gate = Gate(store, now, failures, _open_tenant(store, settings, now))
    targets = Targets(hosts_of(settings.webhook_hosts))
    budgets = Budgets(settings.reads_per_minute, settings.writes_per_minute)
    app.state.service = Service(store, settings, now, gate, measures, Sheets(), targets, budgets, AtOnce())
    first = APIRouter(prefix="/v1", dependencies=[Depends(no_other_parameters)])
    for router in ROUTERS:
        first.include_router(router)
    app.include_router(first)
    app.include_router(health.router)
    app.add_middleware(QuotaHeaders)
    app.add_middleware(AccessLog, measures=measures)
    if tracer is not None:
        app.add_middleware(Traced, tracer=tracer)
    tell_problems(app)
    document_contract(app)
    return app


def _open_tenant(store: Store, settings: Settings, now: Now) -> str | None:
    """The tenant of whoever asks without a key, where the service is open."""
    if not settings.is_open:
        return None
    with store.writing() as session:
        return tenant_named(session, LOCAL, now()).id
