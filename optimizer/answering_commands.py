"""The commands that answer about a plan: `evaluate`, `recommend` and `explain`."""

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from optimizer.answers.contradiction import minimal_contradiction
from optimizer.answers.evaluate import Evaluation, evaluate
from optimizer.answers.explain import WhyNot, explain, priced_in_full
from optimizer.answers.moves import Move, Swap
from optimizer.answers.recommend import MOST, Recommendation, recommend
from optimizer.command_options import AsJson, Deterministic, Quiet, Seed, WeekPath, Workers
from optimizer.engines.options import Options
from optimizer.errors import Problem, UnusableInput
from optimizer.files import answer_words as words
from optimizer.files.answer_json import (
    contradiction_json,
    evaluation_json,
    recommendation_json,
    why_not_json,
    why_this_json,
)
from optimizer.files.atomic import writable, write_whole
from optimizer.files.explained import (
    explained_json,
    late_sentences,
    reason_of,
    sentences_of_action,
    waiting_json,
)
from optimizer.files.mission_file import read_mission
from optimizer.files.notice import FORMS, notice
from optimizer.files.reading import read_week, refuse_overwriting
from optimizer.files.writing import read_plan
from optimizer.published import published
from optimizer.sentences import REASONS
from optimizer.standing import Standing
from optimizer.telling import REFUSED, answer, console, speaking, told, warn
from optimizer.usage import Seconds
from optimizer.values import Instant
from optimizer.week import Mission

PlanPath = Annotated[Path, typer.Argument(metavar="PLAN", help="le plan publié, un .json écrit sans --for")]
A_MOVE = "ELEMENT=PERSONNE, ELEMENT=PERSONNE,PERSONNE/2026-01-12T09:30 ou ELEMENT=/2026-01-12T09:30"
MOVE = re.compile(r"(?P<item>[^=\s]+)=(?P<people>[^/\s]*)(?:/(?P<start>\S+))?")
SHOWN = 5
EXACT_LIMIT = Seconds(15)
ExactLimit = Annotated[
    Seconds,
    typer.Option(
        "--time-limit", help="avec --exact, secondes de chaque plan", metavar="SECONDES", show_default="15"
    ),
]


def standing_of(week_path: Path, plan_path: Path, quiet: bool) -> Standing:
    """The plan in its week, read and judged once.

    Raises
    ------
    UnusableInput
        Either cannot be read, or the plan is another week's.
    """
    plan = read_plan(plan_path)
    read = read_week(week_path)
    standing = published(read.week, plan, plan_path.name)
    warn(read.warnings, quiet)
    warn(_already_broken(standing), quiet)
    return standing


def _already_broken(standing: Standing) -> list[str]:
    """What a plan breaks before anything is asked of it."""
    found = list(words.broken(standing.verdict.hard))
    if not found:
        return []
    more = [f"et {len(found) - SHOWN} autre(s)"] if len(found) > SHOWN else []
    return [
        "ce plan enfreint déjà des règles, et la réponse n'en tient pas compte : "
        + " ; ".join([*found[:SHOWN], *more])
    ]


# ------------------------------------------------------------ evaluate


@told
def evaluate_command(
    week_path: WeekPath,
    plan_path: PlanPath,
    moves: Annotated[list[str] | None, typer.Option("--move", metavar="DEPLACEMENT", help=A_MOVE)] = None,
    swaps: Annotated[
        list[str] | None,
        typer.Option("--swap", metavar="ELEMENT=ELEMENT", help="deux rendez-vous qui changent de place"),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Un changement fait à la main : est-il permis, qu'enfreint-il, que coûte-t-il ? Code 1 sinon."""
    changes: list[Move | Swap] = [*map(_move, moves or []), *map(_swap, swaps or [])]
    if not changes:
        raise UnusableInput([Problem("--move", "aucun changement", f"{A_MOVE}, ou --swap")])
    found = evaluate(standing_of(week_path, plan_path, quiet), changes)
    with speaking():
        if as_json:
            answer(evaluation_json(found))
        elif not quiet:
            console().print("\n".join(_evaluation(found)), soft_wrap=True)
    if not found.effect.is_allowed:
        raise typer.Exit(REFUSED)


def _move(text: str) -> Move:
    found = MOVE.fullmatch(text)
    if found is None or not (found["people"] or found["start"]):
        raise UnusableInput([Problem("--move", f"« {text} »", A_MOVE)])
    people = tuple(found["people"].split(",")) if found["people"] else None
    start = instant_of(found["start"], f"--move {text}") if found["start"] else None
    return Move(found["item"], people, start, f"--move {text}")


def instant_of(text: str, label: str) -> datetime:
    """An instant as it is typed.

    Raises
    ------
    UnusableInput
        It is none, or stands off the grid.
    """
    try:
        return TypeAdapter[datetime](Instant).validate_python(datetime.fromisoformat(text))
    except (ValueError, ValidationError):
        expected = "un instant, comme 2026-01-12T09:30, à 5 minutes près"
        raise UnusableInput([Problem(label, f"« {text} »", expected)]) from None


def _swap(text: str) -> Swap:
    one, equals, other = text.partition("=")
    if not (one and equals and other):
        raise UnusableInput([Problem("--swap", f"« {text} »", "ELEMENT=ELEMENT")])
    return Swap(one, other, f"--swap {text}")


def _evaluation(found: Evaluation) -> list[str]:
    if not found.effect.is_allowed:
        return [
            "Ce changement n'est pas permis :",
            *(f"- {line}" for line in words.broken(found.effect.broken)),
        ]
    lines = [f"Ce changement est permis : {words.price(found.effect)}."]
    lines += [f"- {line}" for line in words.differences(found.effect)]
    if found.received:
        lines.append(
            f"La place libérée revient à {words.listed(found.received)} : "
            "personne n'attend quand on peut le recevoir."
        )
    lines.append("À prévenir :")
    for item, whom in found.told.items():
        outside = "le foyer ou le public, " if item in found.households else ""
        lines.append(f"- {item} : {outside}{words.listed(whom)}")
    return lines


# ------------------------------------------------------------ recommend


@told
def recommend_command(
    week_path: WeekPath,
    plan_path: PlanPath,
    request: Annotated[
        str,
        typer.Argument(metavar="DEMANDE", help="une mission en .json, ou l'identifiant d'une de la semaine"),
    ],
    most: Annotated[int, typer.Option("--most", min=1, max=50, metavar="N", help="réponses au plus")] = MOST,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Où placer une demande, tout le reste gardé : qui et quand, le coût et les raisons de chaque choix."""
    standing = standing_of(week_path, plan_path, quiet)
    found = recommend(standing, _mission(standing, request), most)
    with speaking():
        if as_json:
            answer(recommendation_json(standing.week, found))
        elif not quiet:
            console().print("\n".join(_recommendation(standing, found)), soft_wrap=True)


def _mission(standing: Standing, request: str) -> Mission:
    known = standing.week.mission.get(request)
    if known and not Path(request).exists():
        return known
    if not Path(request).exists() and not request.lower().endswith(".json"):
        found = f"« {request} », ni un fichier ni une mission de la semaine"
        raise UnusableInput([Problem("DEMANDE", found, "un fichier .json ou l'identifiant d'une mission")])
    return read_mission(Path(request), standing.week)


def _recommendation(standing: Standing, found: Recommendation) -> list[str]:
    mission = found.mission
    if not found.choices:
        lines = [f"{mission.id} ({mission.type}) : aucune place libre dans la période, tout le reste gardé."]
        after = found.queue_date or standing.week.calendar.first_day_after
        late = standing.week.calendar.working_days_between(mission.due, after)
        when = f"{words.on(after)}/{after:%Y}"
        told = f"La demande est reçue le {when}" if found.queue_date else f"Pas avant le {when}"
        lines.append(
            f"{told}, {f'{late} jour(s) ouvré(s) après son échéance' if late else 'dans ses délais'}."
        )
        if mission.id in standing.week.mission:
            lines.append("« explain » dit ce qui ferait une place.")
        return lines
    lines = [f"{mission.id} ({mission.type}), du meilleur choix au moins bon :"]
    for rank, choice in enumerate(found.choices, 1):
        who = words.listed(choice.row.professional_ids)
        room = f", salle {choice.row.room_id}" if choice.row.room_id else ""
        where = f"{words.moment(choice.row.start)}, {words.place(choice.row)}{room}"
        lines.append(f"{rank}. {who}, {where} : {words.price(choice.effect)}")
        lines.append(f"   {' ; '.join(words.facts_for(standing.week, mission, choice.row))}")
    return lines


# ------------------------------------------------------------ explain


@told
def explain_command(
    week_path: WeekPath,
    plan_path: Annotated[
        Path | None,
        typer.Argument(metavar="PLAN", help="le plan publié ; sans, pourquoi une semaine se contredit"),
    ] = None,
    item: Annotated[
        str | None,
        typer.Argument(metavar="ELEMENT", help="une mission ; sans, ce qui est en retard ou non placé"),
    ] = None,
    notice_path: Annotated[
        Path | None,
        typer.Option(
            "--notice",
            metavar="NOTICE",
            help="la notice de cette décision, sans nom ni contenu : .txt ou .html",
        ),
    ] = None,
    is_exact: Annotated[
        bool,
        typer.Option("--exact", help="le prix des premiers changements, tout replanifié avec et sans"),
    ] = False,
    time_limit: ExactLimit = EXACT_LIMIT,
    workers: Workers = 2,
    seed: Seed = 0,
    deterministic: Deterministic = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Pourquoi une mission est en retard ou non placée, pourquoi cette personne, et ce qui le changerait."""
    _refuse_notice(notice_path, item, week_path)
    if plan_path is None:
        _tell_contradiction(week_path, quiet, as_json)
        return
    standing = standing_of(week_path, plan_path, quiet)
    if item is None:
        _tell_what_waits(standing, quiet, as_json)
        return
    if item in standing.week.action:
        _tell_action(standing, item, quiet, as_json)
        return
    found, reason = explain(standing, item), reason_of(standing.plan, item)
    if is_exact and isinstance(found, WhyNot):
        found = priced_in_full(standing, found, Options(float(time_limit), workers, seed, deterministic))
    week = standing.week
    if notice_path is not None:
        write_whole(notice_path, notice(standing, found, notice_path).encode())
    with speaking(*([notice_path] if notice_path else [])):
        if as_json:
            answer(
                why_not_json(week, found, reason) if isinstance(found, WhyNot) else why_this_json(week, found)
            )
        elif not quiet:
            lines = (
                words.why_not(week, found, reason)
                if isinstance(found, WhyNot)
                else words.why_this(week, found)
            )
            console().print("\n".join(lines), soft_wrap=True)


def _tell_contradiction(week_path: Path, quiet: bool, as_json: bool) -> None:
    """Why a week cannot hold, with code 1; or that it can, as far as it is fixed."""
    read = read_week(week_path)
    warn(read.warnings, quiet)
    found = minimal_contradiction(read.week)
    with speaking():
        if as_json:
            answer(contradiction_json(found))
        elif not quiet:
            holds = ["Cette semaine ne se contredit pas : épingles et réunions fixées tiennent ensemble."]
            console().print("\n".join(words.contradiction(found) if found else holds), soft_wrap=True)
    if found:
        raise typer.Exit(REFUSED)


def _tell_action(standing: Standing, item: str, quiet: bool, as_json: bool) -> None:
    """A collective action: who leads it and when, or why it is not held and what would change it."""
    with speaking():
        if as_json:
            answer(explained_json(standing, item))
        elif not quiet:
            console().print("\n".join(sentences_of_action(standing, item)), soft_wrap=True)


def _refuse_notice(path: Path | None, item: str | None, week_path: Path) -> None:
    if path is None:
        return
    if item is None:
        raise UnusableInput(
            [Problem("--notice", "aucun élément", "l'identifiant d'une mission, après le plan")]
        )
    if path.suffix.lower() not in FORMS:
        raise UnusableInput([Problem("--notice", f"« {path} »", " ou ".join(FORMS))])
    writable(path)
    refuse_overwriting(path, week_path)


def _tell_what_waits(standing: Standing, quiet: bool, as_json: bool) -> None:
    plan = standing.plan
    waiting = [(row.mission_id, row.reason) for row in plan.queue]
    waiting += [(row.mission_id, row.reason) for row in plan.unserved]
    late = late_sentences(standing)
    with speaking():
        if as_json:
            answer(waiting_json(standing))
        elif not quiet:
            lines = [f"{len(waiting)} demande(s) ou mission(s) hors de la période, {len(late)} retard(s)."]
            lines += [f"- {sentence}" for sentence in late]
            for reason in dict.fromkeys(one for _, one in waiting):
                ids = [id_ for id_, other in waiting if other is reason]
                lines.append(f"- {len(ids)} : {REASONS[reason].french} {', '.join(ids)}")
            lines.append("« explain SEMAINE PLAN ELEMENT » dit pourquoi, et ce qui changerait la réponse.")
            console().print("\n".join(lines), soft_wrap=True)
