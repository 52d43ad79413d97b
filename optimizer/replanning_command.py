"""The command `replan`: what people do after something happened."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from optimizer.answering_commands import PlanPath, instant_of, standing_of
from optimizer.answers.replan import Replanned, replan
from optimizer.command_options import AsJson, Deterministic, Quiet, Seed, TimeLimit, WeekPath, Workers
from optimizer.engines.options import Options
from optimizer.errors import Problem, UnusableInput
from optimizer.events import (
    Absent,
    Added,
    Dropped,
    Event,
    HandsOver,
    Lasts,
    Leaves,
    MeetingMoved,
    Missed,
    RoomClosed,
    start_of_day,
)
from optimizer.files.answer_json import replanned_json
from optimizer.files.atomic import write_whole
from optimizer.files.change_words import changes_csv, changes_text
from optimizer.files.mission_file import read_mission
from optimizer.files.reading import refuse_overwriting
from optimizer.files.week_writing import refuse_unwritable_week, write_week
from optimizer.files.writing import refuse_unwritable, write_plan
from optimizer.standing import Standing
from optimizer.telling import REFUSED, answer, complain, console, in_words, progress, speaking, told
from optimizer.usage import Seconds

DEFAULT_LIMIT = Seconds(30)
A_SPAN = "PERSONNE:2026-01-12:2026-01-14 (jours compris), ou PERSONNE:2026-01-12T09:00:2026-01-12T12:00"
MOMENT = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?"
SPAN = re.compile(rf"(?P<who>.+?):(?P<start>{MOMENT}):(?P<end>{MOMENT})")
LISTS = (".csv", ".txt")
Texts = list[str] | None


@told
def replan_command(
    week_path: WeekPath,
    plan_path: PlanPath,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PLAN", help="le nouveau plan, dans une forme de plan")
    ],
    absent: Annotated[Texts, typer.Option("--absent", metavar="ABSENCE", help=A_SPAN)] = None,
    leaves: Annotated[
        Texts, typer.Option("--leaves", metavar="DEPART", help="PERSONNE:2026-01-14, son dernier jour")
    ] = None,
    hands_over: Annotated[
        Texts,
        typer.Option(
            "--hands-over", metavar="PERSONNE", help="absence longue : ses situations passent à d'autres"
        ),
    ] = None,
    added: Annotated[
        list[Path] | None, typer.Option("--add", metavar="MISSION.json", help="une mission de plus")
    ] = None,
    dropped: Annotated[
        Texts, typer.Option("--drop", metavar="ELEMENT", help="une mission ou une action qui n'a plus lieu")
    ] = None,
    lasts: Annotated[
        Texts, typer.Option("--lasts", metavar="ELEMENT=MINUTES", help="une autre durée")
    ] = None,
    missed: Annotated[
        Texts,
        typer.Option("--missed", metavar="MISSION", help="un rendez-vous qui n'a pas eu lieu, à replacer"),
    ] = None,
    meetings: Annotated[
        Texts,
        typer.Option("--meeting", metavar="REUNION=INSTANT", help="une réunion à une autre heure"),
    ] = None,
    rooms: Annotated[
        Texts,
        typer.Option(
            "--close-room", metavar="SALLE", help="une salle fermée, ou SALLE:2026-01-12:2026-01-14"
        ),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(
            "--now", metavar="INSTANT", help="ce qui a commencé avant ne bouge pas ; sinon, le premier jour"
        ),
    ] = None,
    week_output: Annotated[
        Path | None,
        typer.Option("--week", metavar="SEMAINE", help="la semaine changée, un .json que check relit"),
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option("--changes", metavar="LISTE", help="ce qui change et qui prévenir : .csv ou .txt"),
    ] = None,
    time_limit: TimeLimit = DEFAULT_LIMIT,
    workers: Workers = 2,
    seed: Seed = 0,
    deterministic: Deterministic = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Refait un plan publié après une absence, une demande de plus… : ce qui est rompu d'abord, puis le moins
    de changements."""
    refuse_unwritable(output)
    _refuse_outputs(week_path, plan_path, output, week_output, changes)
    standing = standing_of(week_path, plan_path, quiet)
    moment = instant_of(now, "--now") if now else start_of_day(standing.week.horizon.first_day)
    events: list[Event] = [
        *(_absent(text) for text in absent or []),
        *(_leaves(text) for text in leaves or []),
        *(HandsOver(text, f"--hands-over {text}") for text in hands_over or []),
        *(Added(read_mission(path, standing.week), f"--add {path}") for path in added or []),
        *(Dropped(text, f"--drop {text}") for text in dropped or []),
        *(_lasts(text) for text in lasts or []),
        *(Missed(text, f"--missed {text}") for text in missed or []),
        *(_meeting(text) for text in meetings or []),
        *(_room_closed(text) for text in rooms or []),
    ]
    with progress(quiet, "Nouveau plan") as shown:
        options = Options(float(time_limit), workers, seed, deterministic)
        found = replan(standing, events, moment, options, shown)
    write_plan(found.week, found.plan, output)
    written = [output, *_write(found, standing, week_output, changes)]
    with speaking(*written):
        if as_json:
            answer(replanned_json(found) | {"output": [str(path) for path in written]})
        elif not quiet:
            _show(found, standing, written)
    checker = found.plan.checker
    if checker is not None and not checker.passed:
        complain("Ce plan enfreint encore ce que le plan publié enfreignait déjà :")
        complain("\n".join(f"- {one}" for one in checker.violations))
        raise typer.Exit(REFUSED)


def _write(
    found: Replanned, standing: Standing, week_output: Path | None, changes: Path | None
) -> Iterator[Path]:
    if week_output is not None:
        write_week(found.week, week_output)
        yield week_output
    if changes is not None:
        text = changes_csv if changes.suffix.lower() == ".csv" else changes_text
        write_whole(
            changes, text(standing.week, found.week, found.shifts, found.by_events).encode("utf-8-sig")
        )
        yield changes


def _show(found: Replanned, standing: Standing, written: list[Path]) -> None:
    page = console()
    for level in found.plan.levels:
        page.print(in_words(level), soft_wrap=True)
    moves = found.moves
    page.print(
        f"{moves['told']} personne(s) ou foyer(s) à prévenir à nouveau ; changements : "
        f"{moves['professional']} de professionnel, {moves['day']} de jour, {moves['time']} d'heure, "
        f"{moves['room']} de salle.",
        soft_wrap=True,
    )
    page.print(
        changes_text(standing.week, found.week, found.shifts, found.by_events).rstrip(), soft_wrap=True
    )
    page.print("Écrit : " + ", ".join(map(str, written)), soft_wrap=True)
    page.print("CONFIDENTIEL : réservé au planificateur.")


# ------------------------------------------------------------ what is typed


def _absent(text: str) -> Absent:
    label, found = f"--absent {text}", SPAN.fullmatch(text)
    if found is None:
        raise UnusableInput([Problem("--absent", f"« {text} »", A_SPAN)])
    return Absent(found["who"], *_span(found, label), label)


def _room_closed(text: str) -> RoomClosed:
    label, found = f"--close-room {text}", SPAN.fullmatch(text)
    if found is None:
        return RoomClosed(text, label=label)
    return RoomClosed(found["who"], *_span(found, label), label)


def _span(found: re.Match[str], label: str) -> tuple[datetime, datetime]:
    """From an instant to another; a day alone is whole."""
    start, end = instant_of(found["start"], label), instant_of(found["end"], label)
    return start, end if "T" in found["end"] else end + timedelta(days=1)


def _leaves(text: str) -> Leaves:
    who, _, day = text.rpartition(":")
    try:
        return Leaves(who, date.fromisoformat(day), f"--leaves {text}")
    except ValueError:
        raise UnusableInput([Problem("--leaves", f"« {text} »", "PERSONNE:2026-01-14")]) from None


def _lasts(text: str) -> Lasts:
    item, _, minutes = text.rpartition("=")
    if not item or not minutes.isdecimal() or int(minutes) % 5 or not 0 < int(minutes) <= 600:
        expected = "ELEMENT=MINUTES, par 5 minutes, 600 au plus"
        raise UnusableInput([Problem("--lasts", f"« {text} »", expected)])
    return Lasts(item, int(minutes), f"--lasts {text}")


def _meeting(text: str) -> MeetingMoved:
    meeting, _, start = text.rpartition("=")
    return MeetingMoved(meeting, instant_of(start, f"--meeting {text}"), f"--meeting {text}")


def _refuse_outputs(
    week_path: Path, plan_path: Path, output: Path, week_output: Path | None, changes: Path | None
) -> None:
    """What is written never takes the place of what is read, nor of one another."""
    if week_output is not None:
        if week_output.suffix.lower() != ".json":
            expected = "un .json : les tables ne disent ni l'instant présent ni les salles qui ferment"
            raise UnusableInput([Problem("--week", f"« {week_output} »", expected)])
        refuse_unwritable_week(week_output)
    if changes is not None and changes.suffix.lower() not in LISTS:
        raise UnusableInput([Problem("--changes", f"« {changes} »", " ou ".join(LISTS))])
    seen = {plan_path.resolve(): "le plan publié"}
    for path, what in (
        (output, "le nouveau plan"),
        (week_output, "la semaine changée"),
        (changes, "la liste"),
    ):
        if path is None:
            continue
        refuse_overwriting(path, week_path)
        if path.resolve() in seen:
            raise UnusableInput([Problem(str(path), f"c'est aussi {seen[path.resolve()]}", "un autre nom")])
        seen[path.resolve()] = what
