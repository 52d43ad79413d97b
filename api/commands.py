"""The commands of the service: `serve`, `runner`, `keys`, `rdv`. What they start is loaded once asked for."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from api.rdv.commands import rdv
from api.words import Scope
from optimizer.command_options import AsJson
from optimizer.errors import Problem, UnusableInput
from optimizer.telling import answer, console, speaking, told
from optimizer.usage import Command, Group

if TYPE_CHECKING:
    from api.settings import Settings
    from api.store.database import Store

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="ADRESSE",
        help="sqlite:///fichier.db ou postgresql://… ; sinon POLYVALENCE_DATABASE",
        show_default="sqlite:///polyvalence.db",
    ),
]
Cores = Annotated[
    int | None,
    typer.Option("--cores", min=1, metavar="N", help="cœurs des calculs", show_default="ceux de la machine"),
]

keys = typer.Typer(
    name="keys", cls=Group, no_args_is_help=True, help="Les clés de ceux qui peuvent demander quelque chose."
)


def register(app: typer.Typer) -> None:
    """Add the commands of the service to those of the product."""
    app.command("serve", cls=Command)(serve_command)
    app.command("runner", cls=Command)(runner_command)
    keys.command("create", cls=Command)(create_command)
    keys.command("list", cls=Command)(list_command)
    keys.command("revoke", cls=Command)(revoke_command)
    app.add_typer(keys)
    app.add_typer(rdv)


@told
def serve_command(
    host: Annotated[str, typer.Option("--host", metavar="ADRESSE", help="où écouter")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="0 : un port libre")
    ] = 8000,
    database: Database = None,
    cores: Cores = None,
    is_open: Annotated[
        bool, typer.Option("--open", help="sans clé, pour qui est sur cette machine et personne d'autre")
    ] = False,
) -> None:
    """Le service HTTP, avec ses calculs : il garde ce qu'on lui confie d'un lancement à l'autre."""
    from api.serving import listening, serve, store_to_serve

    settings = _settings(database, cores).model_copy(update={"is_open": is_open})
    with listening(host, port) as listener:
        store = store_to_serve(settings, host)
        with speaking():
            console().print(f"polyvalence écoute : {host}:{listener.getsockname()[1]} (Ctrl-C pour arrêter)")
        serve(store, settings, listener)


@told
def runner_command(database: Database = None, cores: Cores = None) -> None:
    """Des calculs de plus, sur une autre machine, pour la base de données d'un service."""
    from api.jobs.running import run_runner

    run_runner(_settings(database, cores))


# ------------------------------------------------------------ keys


@told
def create_command(
    name: Annotated[str, typer.Argument(metavar="NOM", help="de quel outil, jamais de quelle personne")],
    scopes: Annotated[
        list[Scope] | None, typer.Option("--scope", help="read et solve, sans cette option")
    ] = None,
    tenant: Annotated[str, typer.Option("--tenant", metavar="NOM", help="à qui sont les données")] = "local",
    audience: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="DESTINATAIRE", help="ne lit que la feuille d'un service ou d'une personne"
        ),
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=3650, metavar="N", help="expire après tant de jours")
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Crée une clé, montrée cette fois seulement."""
    from api.callers import create_key
    from api.clock import utc_now
    from api.keyring import refuse_unusable
    from api.store.keys import NewKey

    refuse_unusable(name, tenant, audience)
    now, usual = utc_now(), (Scope.READ,) if audience else (Scope.READ, Scope.SOLVE)
    allowed = tuple(dict.fromkeys(scopes or usual))
    if audience and allowed != (Scope.READ,):
        raise UnusableInput([Problem("--for", f"avec {', '.join(allowed)}", "--scope read, et lui seul")])
    new = NewKey(name, allowed, audience, now + timedelta(days=days) if days else None)
    text = create_key(_opened(database), tenant, new, now)
    with speaking():
        if as_json:
            answer({"key": text, "name": name, "scopes": list(allowed)})
        else:
            console().print(text, soft_wrap=True)


@told
def list_command(database: Database = None, as_json: AsJson = False) -> None:
    """Les clés, sans leur secret."""
    from api.clock import utc_now
    from api.store.keys import keys_kept, names_of_tenants

    now = utc_now()
    with _opened(database).reading() as session:
        tenants = names_of_tenants(session)
        rows: list[dict[str, object]] = [
            {
                "prefix": key.prefix,
                "name": key.name,
                "tenant": tenants[key.tenant_id],
                "scopes": key.scopes.split(),
                "for": key.audience,
                "expires_at": _day(key.expires_at),
                "is_expired": key.expires_at is not None and key.expires_at <= now,
                "revoked_at": _day(key.revoked_at),
                "last_used_at": _day(key.last_used_at),
            }
            for key in keys_kept(session)
        ]
    with speaking():
        if as_json:
            answer({"items": rows})
        for row in rows if not as_json else ():
            console().print(_line(row), soft_wrap=True)


@told
def revoke_command(
    prefix: Annotated[str, typer.Argument(metavar="PREFIXE", help="celui que « keys list » montre")],
    database: Database = None,
) -> None:
    """Révoque une clé, à l'instant."""
    from api.clock import utc_now
    from api.store.keys import revoke

    with _opened(database).writing() as session:
        if revoke(session, prefix, utc_now()) is None:
            raise UnusableInput([Problem("PREFIXE", f"« {prefix} », inconnu", "un préfixe de « keys list »")])
    with speaking():
        console().print(f"{prefix} : révoquée")


def _settings(database: str | None, cores: int | None = None) -> "Settings":
    """What the command line says, else the environment."""
    from api.settings import settings_told

    told = settings_told()
    return told.model_copy(update={"database": database or told.database, "cores": cores or told.cores})


def _opened(database: str | None) -> "Store":
    from api.store.migrating import opened_store

    return opened_store(_settings(database).database)


def _day(instant: datetime | None) -> str | None:
    return None if instant is None else f"{instant:%Y-%m-%d}"


def _line(row: dict[str, object]) -> str:
    expires = "expirée" if row["is_expired"] else "expire"
    limits = {
        "tenant": "à",
        "for": "pour",
        "expires_at": expires,
        "revoked_at": "révoquée",
        "last_used_at": "servie",
    }
    said = [f"{word} {row[name]}" for name, word in limits.items() if row[name] is not None]
    scopes = row["scopes"]
    assert isinstance(scopes, list)
    return f"{row['prefix']}  {row['name']}  {' '.join(scopes)}" + "".join(f"  {one}" for one in said)
