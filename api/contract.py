"""The contract (OpenAPI 3.1): what FastAPI knows of the routes, and the schemas of what they read."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from api.bodies import Body
from api.documents import ProblemDocument
from api.links import link
from api.refusals import add_problems
from api.routes.jobs import JOB, JOB_PATCH
from api.routes.keys import KEY
from api.routes.rdv import CONNECTION, RDV_WEEK
from api.routes.rdv import WEBHOOK as RDV_WEBHOOK
from api.routes.stateless import CHECK, EVALUATE, RECOMMEND
from api.routes.webhooks import WEBHOOK, WEBHOOK_PATCH
from api.routes.weeks import WEEK
from optimizer import __version__

BODIES: tuple[Body[Any], ...] = (
    WEEK,
    JOB,
    JOB_PATCH,
    WEBHOOK,
    WEBHOOK_PATCH,
    KEY,
    CHECK,
    EVALUATE,
    RECOMMEND,
    CONNECTION,
    RDV_WEEK,
    RDV_WEBHOOK,
)
REFERENCE = "#/components/schemas/{model}"
TAGS = [
    {"name": "weeks", "description": "Ce qui est donné : des semaines, gardées telles quelles."},
    {"name": "jobs", "description": "Des calculs : demandés, attendus, arrêtés, oubliés."},
    {"name": "results", "description": "Ce qu'un calcul a trouvé."},
    {"name": "publishing", "description": "Quel plan est celui que l'on suit."},
    {"name": "progress", "description": "Comment un calcul avance."},
    {"name": "webhooks", "description": "Où dire qu'un calcul est fini."},
    {"name": "keys", "description": "Qui peut demander quoi."},
    {"name": "at once", "description": "Des questions auxquelles on répond sans attendre."},
    {
        "name": "rdv-solidarites",
        "description": "Ce que RDV-Solidarités fait savoir, les personnes ôtées.",
    },
    {"name": "discovery", "description": "Ce qu'il faut savoir avant de demander."},
    {"name": "health", "description": "Le service est-il là ?"},
]
Json = dict[str, Any]


def document_contract(app: FastAPI) -> None:
    """Have an application tell its contract."""
    app.openapi_tags = TAGS
    app.openapi = lambda: contract_of(app)  # type: ignore[method-assign]


def contract_of(app: FastAPI) -> Json:
    """The document; made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title="polyvalence", version=__version__, routes=app.routes, tags=TAGS, summary=SUMMARY
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for name, schema in _schemas().items():
            schemas.setdefault(name, schema)
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for name, path in document["paths"].items():
            for operation in path.values():
                add_problems(name, operation)
        link(document["paths"])
        app.openapi_schema = document
    return app.openapi_schema


SUMMARY = "Qui fait quoi, quand et où : une semaine, un plan prouvé."


def _schemas() -> Json:
    """The schemas of bodies and of problems, by name, with those that they name."""
    found: Json = {}
    named = {body.name: body.schema for body in BODIES} | {"Problem": TypeAdapter(ProblemDocument)}
    for name, adapter in named.items():
        schema = adapter.json_schema(ref_template=REFERENCE)
        found |= schema.pop("$defs", {})
        found[name] = schema
    return found
