"""The command line: `polyvalence plan`, `check`, `explain`, `compare`, `compose` and the others.

Exit codes: 0 done; 1 a negative verdict; 2 unusable input; 3 the limit came before any plan; 4 internal.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from instances.departement import MOST_TERRITORIES, departement
from instances.generator import LARGEST, SMALLEST, generate
from instances.generator import Load as Demand
from optimizer import __version__
from optimizer.answering_commands import evaluate_command, explain_command, recommend_command
from optimizer.check import judge
from optimizer.child import LARGE, LARGE_TOGETHER, engine_for
from optimizer.claims import false_claims
from optimizer.command_options import (
    DEFAULT_LIMIT,
    AsJson,
    Deterministic,
    ForWhom,
    Quiet,
    Seed,
    TimeLimit,
    WeekPath,
    Workers,
)
from optimizer.compare import compare as compare_organisations
from optimizer.composing_command import compose_command
from optimizer.engines.options import Options, Progress
from optimizer.errors import ContradictoryWeek, Problem, UnusableInput
from optimizer.files.audience import resolve
from optimizer.files.comparison import files_in, refuse_unwritable_folder, write_comparison
from optimizer.files.reading import read_week, refuse_overwriting
from optimizer.files.sheets import MAX_ROWS
from optimizer.files.study import read_study
from optimizer.files.week_writing import refuse_unwritable_week, write_week
from optimizer.files.writing import read_plan, refuse_unwritable, write_plan
from optimizer.following import Follower
from optimizer.holding import week_of, what_holds
from optimizer.plan import Plan
from optimizer.replanning_command import replan_command
from optimizer.solve import plan_week
from optimizer.summary import left_out_in_words, show, summary, tell_written
from optimizer.telling import (
    DONE,
    REFUSED,
    UNUSABLE,
    answer,
    complain,
    console,
    leave,
    progress,
    speaking,
    tell,
    told,
    warn,
)
from optimizer.usage import Command, Group, usage_in_french
from optimizer.verdicts import show_verdict, verdict_json, warnings
from optimizer.vouching import repriced
from optimizer.week import Week

FORMS = ".json .xlsx .csv .ics .zip ou .html"

app = typer.Typer(
    name="polyvalence",
    cls=Group,
    subcommand_metavar="COMMANDE …",
    options_metavar="[OPTIONS]",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Qui fait quoi, quand et où dans les équipes de travail social : une semaine, un plan prouvé.",
)


class LoadName(StrEnum):
    """How much is asked; `high` is another word for `overloaded`."""

    LOW = "low"
    TYPICAL = "typical"
    OVERLOADED = "overloaded"
    HIGH = "high"


class EngineName(StrEnum):
    """Who plans: the engine for one team, the one for several, or whichever suits the size of the week."""

    AUTO = "auto"
    TEAM = "team"
    DEPARTEMENT = "departement"


def _version(is_asked: bool) -> None:
    if is_asked:
        print(f"polyvalence {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="la version")
    ] = False,
) -> None:
    """Codes de sortie : 0 fait, 1 non, 2 entrée inutilisable, 3 limite avant tout plan, 4 erreur interne."""


@app.command("plan", cls=Command)
@told
def plan_command(
    week_path: WeekPath,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="PLAN", help=f"le plan : {FORMS}"),
    ],
    audience: ForWhom = None,
    time_limit: TimeLimit = DEFAULT_LIMIT,
    workers: Workers = 2,
    seed: Seed = 0,
    deterministic: Deterministic = False,
    engine: Annotated[
        EngineName,
        typer.Option(
            "--engine",
            help=f"auto : departement, équipe par équipe, dès {LARGE + 1} personnes, ou "
            f"{LARGE_TOGETHER + 1} quand il y a plusieurs équipes de secteur",
        ),
    ] = EngineName.AUTO,
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            "--checkpoint",
            metavar="FICHIER",
            help="d'où un long calcul reprend : lu s'il est là, puis tenu à jour (plusieurs équipes)",
        ),
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option("--memory", min=1, metavar="MIO", help="mémoire permise ; sinon celle de la machine"),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Planifie une semaine et écrit le plan, avec sa preuve."""
    refuse_unwritable(output)
    refuse_overwriting(output, week_path)
    _refuse_as_checkpoint(checkpoint, output, week_path)
    read = read_week(week_path)
    resolve(read.week, audience)
    warn(read.warnings, quiet)
    chosen = engine_for(read.week, None if engine is EngineName.AUTO else engine.value)
    follower = Follower(checkpoint)
    asked = Options(float(time_limit), workers, seed, deterministic, memory=memory)
    options = follower.options(asked, read.week, chosen)
    with progress(quiet) as on_progress:
        follower.shown = on_progress
        planned = partial(
            plan_week, engine=chosen, options=options, on_progress=on_progress, on_news=follower
        )
        week, plan = _planned(read.week, audience, planned)
    warn(follower.setbacks, quiet)
    write_plan(week, plan, output, audience)
    warnings_met = [*read.warnings, *follower.setbacks]
    with speaking(output):
        if as_json:
            answer(summary(week, plan, output, audience) | {"warnings": warnings_met})
        elif not quiet:
            show(console(), week, plan, output, audience)
    if plan.left_out:
        complain(left_out_in_words(plan.left_out))
        raise typer.Exit(REFUSED)


def _refuse_as_checkpoint(checkpoint: Path | None, output: Path, week_path: Path) -> None:
    """The plan and the week are not written over: a checkpoint is a file of its own."""
    for other, what in ((output, "le plan"), (week_path, "la semaine")):
        if checkpoint is not None and checkpoint.resolve() == other.resolve():
            raise UnusableInput(
                [Problem("--checkpoint", f"« {checkpoint} », qui est {what}", "un autre nom")]
            )


def _planned(week: Week, audience: str | None, planned: Callable[..., Plan]) -> tuple[Week, Plan]:
    """The week with its plan; without the teams that contradict themselves, where the others hold, and the
    plan is for one of these."""
    try:
        return week, planned(week)
    except ContradictoryWeek:
        holding = what_holds(week)
        if holding is None:
            raise
        try:
            resolve(holding.week, audience)
        except UnusableInput:
            raise ContradictoryWeek([fact for left in holding.left_out for fact in left.facts]) from None
    return holding.week, planned(holding.week, left_out=holding.left_out)


@app.command("check", cls=Command)
@told
def check_command(
    week_path: WeekPath,
    plan_path: Annotated[Path, typer.Argument(metavar="PLAN", help="un plan .json, écrit sans --for")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FEUILLE", help=f"le plan accepté, écrit à nouveau : {FORMS}"),
    ] = None,
    audience: ForWhom = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Le juge indépendant : toutes les infractions d'un plan, et ce qu'il coûte."""
    if output is not None:
        _refuse_output_of_check(output, week_path, plan_path, audience)
    elif audience is not None:
        raise UnusableInput([Problem("--for", "aucun fichier à écrire", "-o FEUILLE, avec --for")])
    plan = read_plan(plan_path)
    week, claims = week_of(read_week(week_path).week, plan)
    resolve(week, audience)
    verdict = judge(week, plan)
    claims = [*claims, *false_claims(week, plan, verdict)]
    warn(warnings(week, plan), quiet)
    is_rewritten = output is not None and verdict.passed
    if output is not None and verdict.passed:
        write_plan(week, repriced(week, plan, verdict), output, audience)
    with speaking(*([output] if is_rewritten else [])):
        if as_json:
            written = {"output": str(output), "audience": audience} if is_rewritten else {}
            answer(verdict_json(verdict, claims, is_rewritten) | written)
        elif not quiet:
            show_verdict(console(), verdict, claims, is_rewritten)
            _tell_output_of_check(output, is_rewritten, audience)
    if not is_rewritten and (claims or not verdict.passed):
        raise typer.Exit(REFUSED)


def _tell_output_of_check(output: Path | None, is_written: bool, audience: str | None) -> None:
    if output is not None and is_written:
        tell_written(console(), output, audience)
    elif output is not None:
        console().print("Rien n'est écrit : un plan qui enfreint une règle ne l'est jamais.")


def _refuse_output_of_check(output: Path, week_path: Path, plan_path: Path, audience: str | None) -> None:
    """The whole plan alone may take the place of the plan that is read."""
    refuse_unwritable(output)
    refuse_overwriting(output, week_path)
    is_whole = audience is None and output.suffix.lower() == ".json"
    with suppress(OSError, ValueError):
        if not is_whole and output.exists() and output.samefile(plan_path):
            raise UnusableInput([Problem(str(output), "c'est le plan lui-même", "un autre nom")])


@app.command("compare", cls=Command)
@told
def compare_command(
    study_path: Annotated[
        Path, typer.Argument(metavar="ETUDE.yaml", help="une semaine et des organisations")
    ],
    folder: Annotated[Path, typer.Option("-o", "--output", metavar="DOSSIER", help="créé s'il n'existe pas")],
    time_limit: TimeLimit = DEFAULT_LIMIT,
    workers: Workers = 2,
    seed: Seed = 0,
    deterministic: Deterministic = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """La même semaine sous plusieurs organisations, chiffres côte à côte, sans dire laquelle est la bonne.

    La limite de temps vaut pour chaque organisation.
    """
    refuse_unwritable_folder(folder)
    study = read_study(study_path)
    for file in files_in(folder):
        refuse_overwriting(file, study.week_path)
    warn(study.warnings, quiet)
    options = Options(float(time_limit), workers, seed, deterministic)
    with progress(quiet, "Comparaison") as shown:

        def follow(_: str) -> Progress | None:
            return shown

        found = compare_organisations(study.week, study.organisations, options, follow)
    written = [str(path) for path in write_comparison(found, folder)]
    with speaking(*written):
        if as_json:
            answer({"organisations": [one.name for one in found.outcomes], "output": written})
        elif not quiet:
            text = "Comparaison écrite :\n" + "\n".join(f"- {path}" for path in written)
            console().print(text, soft_wrap=True)


app.command("compose", cls=Command)(compose_command)
app.command("explain", cls=Command)(explain_command)
app.command("evaluate", cls=Command)(evaluate_command)
app.command("recommend", cls=Command)(recommend_command)
app.command("replan", cls=Command)(replan_command)


@app.command("generate", cls=Command)
@told
def generate_command(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="SEMAINE", help="la semaine : .json, .xlsx ou un dossier"),
    ],
    people: Annotated[
        int,
        typer.Option(
            "--people", min=SMALLEST, max=LARGEST, metavar="N", help="personnes d'un territoire seul"
        ),
    ] = 12,
    teams: Annotated[
        int,
        typer.Option("--teams", min=1, max=MOST_TERRITORIES, metavar="N", help="territoires"),
    ] = 1,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=8, metavar="N", help="semaines")] = 2,
    load: Annotated[LoadName, typer.Option("--load", help="ce qui est demandé")] = LoadName.TYPICAL,
    seed: Seed = 0,
    draw: Annotated[
        int,
        typer.Option(
            "--draw",
            min=0,
            max=10_000,
            metavar="N",
            help="un autre tirage de la demande et des absences, mêmes lieux et mêmes personnes",
        ),
    ] = 0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Écrit une semaine inventée, vraisemblable, la même pour une même graine."""
    refuse_unwritable_week(output)
    demand = Demand.OVERLOADED if load is LoadName.HIGH else Demand(load.value)
    week = (
        generate(people, weeks, demand, seed, draw)
        if teams == 1
        else departement(teams, weeks, demand, seed, draw)
    )
    if len(week.missions) > MAX_ROWS:
        expected = f"au plus {MAX_ROWS} : moins de territoires (--teams) ou de semaines (--weeks)"
        raise UnusableInput([Problem("--teams", f"{len(week.missions)} missions", expected)])
    write_week(week, output)
    size = {"professionals": len(week.professionals), "missions": len(week.missions)}
    counted = f"{size['professionals']} professionnels, {size['missions']} missions"
    with speaking(output):
        if as_json:
            answer({"output": str(output), **size})
        elif not quiet:
            console().print(f"{counted} : semaine écrite, {output}", soft_wrap=True)


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. Whatever happens, no traceback."""
    _open_streams()
    try:
        with speaking():
            code = app(arguments, prog_name="polyvalence", standalone_mode=False)
    except typer.Exit as end:
        return end.exit_code
    except BrokenPipeError:
        leave(sys.stdout)
        return DONE
    except TyperException as error:
        complain(usage_in_french(error))
        return UNUSABLE
    except (Exception, KeyboardInterrupt) as error:
        return tell(error)
    return code if isinstance(code, int) else DONE


def _open_streams() -> None:
    """A stream that is closed says nothing; one without accents says what it can."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def main() -> None:
    """The command `polyvalence`."""
    sys.exit(run(sys.argv[1:]))
