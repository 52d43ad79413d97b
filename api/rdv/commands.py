"""The commands `rdv read` and `rdv write`; where and as whom they ask, the environment alone says."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.clock import to_wire
from optimizer.command_options import AsJson, Quiet, WeekPath
from optimizer.errors import Problem, UnusableInput
from optimizer.telling import answer, console, speaking, told, warn
from optimizer.usage import Command, Group

if TYPE_CHECKING:
    from api.rdv.writing import Change

TablePath = Annotated[
    Path, typer.Option("--table", metavar="TABLE", help="qui est quel agent, quel motif est quelle mission")
]
DEEDS = {"create": "créer", "change": "déplacer", "remove": "retirer"}

rdv = typer.Typer(
    name="rdv",
    cls=Group,
    no_args_is_help=True,
    help="RDV-Solidarités : y lire ce qui est pris, y écrire ce qui ne l'est plus (docs/rdv-solidarites.md).",
)


@rdv.command("read", cls=Command)
@told
def read_command(
    week_path: WeekPath,
    table_path: TablePath,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="SORTIE", help="la semaine complétée, un .json")
    ],
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Complète une semaine de ce que RDV-Solidarités a pris, sans rien lire des personnes reçues."""
    from api.rdv.client import connected
    from api.rdv.reading import read_received
    from api.rdv.settings import settings_told
    from api.rdv.table import read_table
    from api.rdv.week import week_with
    from optimizer.files.reading import read_week, refuse_overwriting
    from optimizer.files.week_writing import refuse_unwritable_week, write_week

    _refuse_output(output, table_path)
    refuse_unwritable_week(output)
    refuse_overwriting(output, week_path)
    base = read_week(week_path).week
    table = read_table(table_path, base)
    with connected(settings_told()) as api:
        received = read_received(api, table, base.calendar)
    read = week_with(base, table, received, week_path.name)
    warn(read.warnings, quiet)
    write_week(read.week, output)
    more = {
        "busy": len(read.week.busy) - len(base.busy),
        "absences": len(read.week.absences) - len(base.absences),
    }
    with speaking(output):
        if as_json:
            answer({"output": str(output), **more, "warnings": list(read.warnings)})
        elif not quiet:
            said = f"{output} : {more['busy']} occupations, {more['absences']} absences de plus"
            console().print(said, soft_wrap=True)


def _refuse_output(output: Path, table_path: Path) -> None:
    if output.suffix.lower() != ".json":
        expected = "un .json : les tables ne disent pas les salles qui sont prises"
        raise UnusableInput([Problem("-o", f"« {output} »", expected)])
    if output.resolve() == table_path.resolve():
        raise UnusableInput([Problem("-o", f"« {output} », qui est la table", "un autre nom")])


@rdv.command("write", cls=Command)
@told
def write_command(
    week_path: WeekPath,
    table_path: TablePath,
    plan_path: Annotated[
        Path | None,
        typer.Option(
            "--plan", metavar="PLAN", help="le plan publié : ses écrits, son collectif, ses réunions"
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="dit ce qui serait écrit, n'écrit rien")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Écrit dans RDV-Solidarités, sans dire pourquoi, les absences et ce qu'un plan réserve."""
    from api.rdv.client import connected
    from api.rdv.reading import read_absences, read_agents
    from api.rdv.received import Parsed, Received
    from api.rdv.settings import settings_told
    from api.rdv.table import read_table
    from api.rdv.week import people_of
    from api.rdv.writing import changes, write
    from optimizer.files.reading import read_week
    from optimizer.files.writing import read_plan
    from optimizer.published import published

    week = read_week(week_path).week
    table = read_table(table_path, week)
    plan = published(week, read_plan(plan_path), str(plan_path)).plan if plan_path else None
    with connected(settings_told()) as api:
        people, parsed = people_of(table, Received(agents=read_agents(api, table))), Parsed()
        asked = changes(week, plan, people, read_absences(api, parsed))
        if not dry_run:
            write(api, asked)
    lost = sorted({row.professional_id for row in table.agents} - set(people.values()))
    unread = [f"Illisibles, laissés de côté : {', '.join(parsed.unread)}."] if parsed.unread else []
    warnings = [
        *unread,
        *([f"Professionnels dont l'agent est introuvable : {', '.join(lost)}."] if lost else []),
    ]
    warn(warnings, quiet)
    with speaking():
        if as_json:
            rows = [_row(one) for one in asked]
            answer({"dry_run": dry_run, "changes": rows, "warnings": warnings})
        elif not quiet:
            _show(asked, dry_run)


def _row(change: "Change") -> dict[str, object]:
    return {
        "deed": change.deed.value,
        "professional_id": change.professional_id,
        "absence_id": change.absence_id,
        "start": to_wire(change.start),
        "end": to_wire(change.end),
    }


def _show(asked: "list[Change]", dry_run: bool) -> None:
    for one in asked if dry_run else ():
        when = f"{one.start:%d/%m/%Y %H:%M} – {one.end:%d/%m/%Y %H:%M}"
        console().print(f"{DEEDS[one.deed]}  {one.professional_id}  {when}", soft_wrap=True)
    counted = Counter(DEEDS[one.deed] for one in asked)
    said = ", ".join(f"{count} à {deed}" for deed, count in counted.items()) or "rien à changer"
    done = "" if dry_run or not asked else ", fait"
    console().print(f"Indisponibilités : {said}{done}", soft_wrap=True)
