"""The command `compose`: a team for demand weeks, or the fewest people for fixed tasks."""

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Annotated

import typer

from optimizer.command_options import (
    DEFAULT_LIMIT,
    AsJson,
    Deterministic,
    Quiet,
    Seed,
    TimeLimit,
    Workers,
)
from optimizer.compose import Composition, compose_shifts, compose_team, staffing_json
from optimizer.composed import ComposedTeam
from optimizer.engines.options import Options
from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import writable, write_whole
from optimizer.files.comparison import refuse_unwritable_folder
from optimizer.files.labels import number
from optimizer.files.reading import read_week, refuse_overwriting
from optimizer.files.team_json import team_json
from optimizer.files.team_page import team_html
from optimizer.files.team_request import at_file, read_request
from optimizer.files.team_words import Language
from optimizer.files.team_workbook import team_xlsx
from optimizer.files.week_json import week_json
from optimizer.files.writing import write_plan
from optimizer.plan import Status
from optimizer.scenarios import Scenario
from optimizer.shifts import Staffing
from optimizer.team import Start, TeamRequest
from optimizer.telling import answer, console, progress, speaking, warn

TASKS = ".dat"
MOST_WEEKS = 60
FORMS = (".json", ".xlsx", ".html")


def compose_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="SEMAINE… | TACHES.dat", help="des semaines de demande, ou des tâches à heures fixes"
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="EQUIPE",
            help="l'équipe : .json .xlsx ou .html ; sans, elle est affichée",
        ),
    ] = None,
    request_path: Annotated[
        Path | None,
        typer.Option(
            "--request",
            metavar="DEMANDE.json",
            help="postes, coûts, bornes et règles demandés (docs/formats.md)",
        ),
    ] = None,
    start: Annotated[
        Start | None,
        typer.Option("--start", help="de l'équipe présente, ou de rien", show_default="present"),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="PERSONNE", help="qui doit rester (à répéter) ; « tous » pour tous"),
    ] = None,
    share: Annotated[
        int | None,
        typer.Option("--share", min=1, max=100, metavar="POURCENT", help="part des semaines à atteindre"),
    ] = None,
    evidence: Annotated[
        Path | None,
        typer.Option(
            "--evidence", metavar="DOSSIER", help="où écrire chaque semaine avec l'équipe, et son plan"
        ),
    ] = None,
    language: Annotated[
        Language, typer.Option("--lang", help="langue du classeur et de la page")
    ] = Language.FRENCH,
    time_limit: TimeLimit = DEFAULT_LIMIT,
    workers: Workers = 2,
    seed: Seed = 0,
    deterministic: Deterministic = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """L'équipe qu'il faudrait : la moins chère qui tient des semaines de demande, avec sa preuve.

    Avec un fichier .dat (format public SMPTSP) : le moins de personnes pour des tâches à heures fixes.
    """
    options = Options(float(time_limit), workers, seed, deterministic)
    if [path.suffix.lower() for path in paths] == [TASKS]:
        given = {"--request": request_path, "--start": start, "--keep": keep, "--share": share}
        _refuse_for_tasks(given | {"--evidence": evidence, "--lang": language is not Language.FRENCH})
        _compose_tasks(paths[0], output, options, quiet, as_json)
        return
    if deterministic:
        expected = "sans cette option : les équipes essayées dépendent de ce que l'horloge laisse"
        raise UnusableInput([Problem("--deterministic", "des semaines de demande", expected)])
    _refuse_output(output, evidence, paths, request_path)
    request = read_request(request_path) if request_path else TeamRequest()
    scenarios = _scenarios(paths, quiet)
    request = _with_options(request, start, keep, share, scenarios)
    with progress(quiet, "Équipe") as shown:

        def told(cost: float, bound: float) -> None:
            if shown is not None:
                shown("euros", cost, bound)

        try:
            found = compose_team(scenarios, request, options, told)
        except UnusableInput as error:
            label = request_path.name if request_path else "la demande"
            raise UnusableInput(
                [one if one.where[:1] != "/" else at_file([one], label)[0] for one in error.problems]
            ) from None
    written = _written(found, scenarios, output, evidence, language)
    with speaking(*written):
        if as_json or output is None:
            answer(found.team.model_dump(mode="json"))
        elif not quiet:
            _show(found.team, written)


def _scenarios(paths: list[Path], quiet: bool) -> list[Scenario]:
    """The weeks by the names of their files."""
    if len(paths) > MOST_WEEKS:
        raise UnusableInput([Problem("SEMAINE…", f"{len(paths)} semaines", f"au plus {MOST_WEEKS}")])
    scenarios = []
    for number_, path in enumerate(paths):
        if path.suffix.lower() == TASKS:
            expected = "des semaines seules, ou un seul fichier .dat"
            raise UnusableInput([Problem(str(path), "un fichier de tâches parmi d'autres", expected)])
        try:
            read = read_week(path)
        except UnusableInput as error:
            if len(paths) == 1:
                raise
            raise UnusableInput(
                [replace(one, where=f"{path.name} : {one.where}") for one in error.problems]
            ) from None
        warn((f"{path.name} : {sentence}" for sentence in read.warnings), quiet)
        scenarios.append(Scenario(_name(path, paths, paths[:number_].count(path)), read.week))
    return scenarios


def _name(path: Path, paths: list[Path], before: int) -> str:
    """The name of a file, with its folder where two are alike; a file given again has a number."""
    names = [other.name for other in paths]
    name = path.name if names.count(path.name) == 1 else str(path)
    return f"{name} ({before + 1})" if before else name


def _with_options(
    request: TeamRequest,
    start: Start | None,
    keep: list[str] | None,
    share: int | None,
    scenarios: list[Scenario],
) -> TeamRequest:
    """What the command line says comes before the file."""
    changed: dict[str, object] = {}
    if start is not None:
        changed["start"] = start
    if share is not None:
        changed["share_percent"] = share
    if keep:
        everyone = [person.id for person in scenarios[0].week.professionals]
        changed["keep"] = tuple(everyone if keep == ["tous"] else keep)
    return TeamRequest.model_validate(request.model_dump() | changed)


def _written(
    found: Composition,
    scenarios: list[Scenario],
    output: Path | None,
    evidence: Path | None,
    language: Language,
) -> list[Path]:
    """The files written: the team in the form of its ending, then each week with its plan."""
    written = []
    if output is not None:
        write_whole(output, _form(found, scenarios, output, language))
        written.append(output)
    if evidence is not None:
        evidence.mkdir(exist_ok=True)
        for number_, (week, plan) in enumerate(zip(found.weeks, found.plans, strict=True), start=1):
            places = _places(evidence, number_)
            write_whole(places[0], week_json(week))
            write_plan(week, plan, places[1])
            written += places
    return written


def _places(evidence: Path, number_: int) -> tuple[Path, Path]:
    """Where a week with the team is written, and its plan."""
    return evidence / f"semaine-{number_:02d}.json", evidence / f"plan-{number_:02d}.json"


def _form(found: Composition, scenarios: list[Scenario], output: Path, language: Language) -> bytes:
    present: dict[str, float] = {}
    for person in scenarios[0].week.professionals:
        present[person.profession] = present.get(person.profession, 0.0) + person.quotite / 100
    match output.suffix.lower():
        case ".xlsx":
            return team_xlsx(found.team, present, language)
        case ".html":
            return team_html(found.team, present, language)
    return team_json(found.team)


def _show(team: ComposedTeam, written: list[Path]) -> None:
    """The proof, then who comes and goes, one line each."""
    proof = "prouvé" if team.status is Status.OPTIMAL else f"au moins {_euros(team.bound)}"
    lines = [
        f"{number(team.posts)} postes à temps plein, {_euros(team.cost)} par an ({proof}) ; "
        f"aujourd'hui {number(team.present_posts)} postes, {_euros(team.present_cost)}"
    ]
    for posts in team.opened:
        lines.append(
            f"+ {len(posts.ids)} {posts.profession} à {posts.quotite} % ({posts.pattern}), "
            f"{posts.service_id}, {posts.site_id}"
        )
    if team.closed:
        lines.append(f"- postes non repris : {', '.join(team.closed)}")
    if team.provenance.get("interrupted"):
        lines.append("Calcul interrompu avant sa limite : une équipe moins chère se trouverait peut-être")
    reached = sum(week.is_reached for week in team.weeks)
    lines.append(f"{reached} semaine(s) atteinte(s) sur {len(team.weeks)}")
    for one in team.shortages[:1]:
        lines.append(
            f"{one.week} : {one.needed} demi-journées demandent {one.profession} ({one.service_id}), "
            f"{one.covered} peuvent être assurées"
        )
    lines += [f"Écrit : {written[0]}" + (f" et {len(written) - 1} autres" if len(written) > 1 else "")]
    console().print("\n".join(lines), soft_wrap=True)


def _euros(amount: int) -> str:
    return f"{amount:,} €".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _refuse_output(
    output: Path | None, evidence: Path | None, paths: list[Path], request_path: Path | None
) -> None:
    if output is not None:
        if output.suffix.lower() not in FORMS:
            found = f"forme {output.suffix or 'sans terminaison'!r} inconnue"
            raise UnusableInput([Problem(str(output), found, "un nom qui finit par " + ", ".join(FORMS))])
        writable(output)
        for path in (*paths, *([request_path] if request_path else [])):
            refuse_overwriting(output, path)
    if evidence is not None:
        refuse_unwritable_folder(evidence)
        given = [*paths, *(path for path in (request_path, output) if path)]
        written = [place for number_ in range(1, len(paths) + 1) for place in _places(evidence, number_)]
        for place, path in product(written, given):
            refuse_overwriting(place, path)
            if place.resolve() == path.resolve():
                raise UnusableInput(
                    [Problem(str(path), "l'équipe, là où une de ses preuves serait écrite", "un autre nom")]
                )
        others = sorted({*evidence.glob("semaine-*.json"), *evidence.glob("plan-*.json")} - set(written))
        if others:
            found = f"{others[0].name} d'un autre calcul, qui resterait à côté de celui-ci"
            raise UnusableInput([Problem(str(evidence), found, "un dossier vide, ou un autre")])


# ------------------------------------------------------------ fixed tasks


def _refuse_for_tasks(given: Mapping[str, object]) -> None:
    """Fixed tasks know no posts: what is asked of them would go unheard."""
    for name in (name for name, value in given.items() if value):
        expected = "des semaines de demande, pour lesquelles cette option existe"
        raise UnusableInput([Problem(name, "un fichier de tâches", expected)])


def _compose_tasks(path: Path, output: Path | None, options: Options, quiet: bool, as_json: bool) -> None:
    """The fewest people for fixed tasks."""
    _refuse_output_of_tasks(output, path)
    with progress(quiet, "Équipe") as shown:

        def report(staffing: Staffing) -> None:
            if shown is not None:
                shown("personnes", staffing.staff, staffing.lower_bound)

        staffing = compose_shifts(path, options, report)
    document = staffing_json(staffing)
    if output is not None:
        write_whole(output, (json.dumps(document, indent=2) + "\n").encode())
    with speaking(*([output] if output else [])):
        if as_json or output is None:
            answer(document)
        elif not quiet:
            proof = "prouvé" if staffing.status is Status.OPTIMAL else f"au moins {staffing.lower_bound}"
            console().print(f"{staffing.staff} personnes ({proof}) : écrit, {output}", soft_wrap=True)


def _refuse_output_of_tasks(output: Path | None, path: Path) -> None:
    if output is None:
        return
    if output.suffix.lower() != ".json":
        raise UnusableInput([Problem(str(output), "une autre forme", "un nom en .json")])
    writable(output)
    refuse_overwriting(output, path)
