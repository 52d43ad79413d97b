"""How long answers about a plan take, in a warm process: `python -m benchmarks.answers [QUESTION ...]`.

Each question is asked of the best plan known of a frozen week, read and judged once before the clock starts:
`evaluate` and `recommend` of thirty people, `explain` and `replan` of twenty; a département is planned for a
minute first. Rows go to
`benchmarks/answers.csv`, from which the table of `benchmarks/README.md` is made. One seed.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic

from benchmarks.tables import between, read_rows, table, write_rows
from instances.best import best_known
from instances.families import a_departement, instance
from optimizer.answers.evaluate import evaluate
from optimizer.answers.explain import why_not
from optimizer.answers.moves import Move
from optimizer.answers.recommend import recommend
from optimizer.answers.replan import replan
from optimizer.disturbance import DISTURBANCE
from optimizer.engines.departement import solve as solve_by_parts
from optimizer.engines.options import Options
from optimizer.events import Absent, start_of_day
from optimizer.standing import Standing
from optimizer.week import Week

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "answers.csv", HERE / "README.md"
SEED, WORKERS, LIMIT = 1, 2, 15.0
OF_THIRTY, OF_TWENTY = ("30-typical", "30-overloaded"), ("20-typical", "20-overloaded")
ABSENT = 9
"""Absences of one day that are re-planned, of as many people."""


@dataclass(frozen=True)
class Row:
    """One question of one week: how many times it was asked, and seconds; `note` says what came out."""

    question: str
    week: str
    times: int
    median: float
    p95: float
    worst: float
    note: str = ""


def standing_of(name: str) -> Standing:
    """The best plan known of a frozen week, read and judged."""
    return Standing(instance(name).week(), best_known()[name].plan())


def timed(question: str, name: str, asked: Iterator[Callable[[], object]], note: str = "") -> Row:
    """A row of what is asked one after the other."""
    seconds = []
    for ask in asked:
        started = monotonic()
        ask()
        seconds.append(monotonic() - started)
    return row_of(question, name, seconds, note)


def row_of(question: str, name: str, seconds: list[float], note: str) -> Row:
    """A row of seconds."""
    ordered = sorted(seconds)
    at = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95)]
    return Row(question, name, len(ordered), round(at[0], 3), round(at[1], 3), round(ordered[-1], 3), note)


def evaluating(name: str, standing: Standing) -> Row:
    """Two hundred moves: someone else, or another time."""
    chance, week = Random(SEED), standing.week
    rows = [row for row in standing.plan.assignments if row.mission_id in week.mission]
    whole = [row for row in rows if not week.types[week.mission[row.mission_id].type].splittable]

    def moves() -> Iterator[Callable[[], object]]:
        for _ in range(200):
            row = chance.choice(whole)
            who = (chance.choice(week.professionals).id,) if chance.random() < 0.5 else None
            start = None if who else row.start + timedelta(minutes=5 * chance.randint(-12, 12))
            yield lambda row=row, who=who, start=start: evaluate(standing, [Move(row.mission_id, who, start)])  # type: ignore[misc]

    return timed("evaluate", name, moves())


def recommending(name: str, standing: Standing) -> Row:
    """A hundred new requests like those of the week."""
    chance, week = Random(SEED), standing.week
    alike = [mission for mission in week.missions if week.types[mission.type].request]
    asked = [
        chance.choice(alike).model_copy(update={"id": f"NEW-{number}", "fixed_start": None})
        for number in range(100)
    ]
    placed = sum(bool(recommend(standing, mission).choices) for mission in asked[:20])
    questions = (lambda mission=mission: recommend(standing, mission) for mission in asked)  # type: ignore[misc]
    return timed("recommend", name, questions, f"{placed} of the first 20 have a slot")


def explaining(name: str, standing: Standing) -> Row:
    """Up to forty missions that are not placed."""
    waiting = [row.mission_id for row in standing.plan.queue]
    waiting += [row.mission_id for row in standing.plan.unserved if row.mission_id in standing.week.mission]
    asked = Random(SEED).sample(waiting, min(40, len(waiting)))
    found: list[bool] = []

    def questions() -> Iterator[Callable[[], object]]:
        for item in asked:
            yield lambda item=item: found.append(  # type: ignore[misc]
                bool(why_not(standing, standing.week.mission[item]).changes)
            )

    row = timed("explain", name, questions())
    return Row(**{**asdict(row), "note": f"{sum(found)} of {len(found)} have a change that serves them"})


def replanning(name: str, standing: Standing) -> Row:
    """One absence of a day, of several people one after the other."""
    week, day = standing.week, standing.week.calendar.days[1]
    people = [person.id for person in week.professionals if person.profession in {"AS", "CESF", "ES"}]
    now, seconds, first, proven, gaps = start_of_day(week.calendar.days[0]), [], [], [], []
    for person in Random(SEED).sample(people, min(ABSENT, len(people))):
        event = Absent(person, start_of_day(day), start_of_day(day) + timedelta(days=1))
        started, told = monotonic(), list[float]()

        def hear(*_: object, told: list[float] = told, started: float = started) -> None:
            told.append(monotonic() - started)

        answer = replan(standing, [event], now, Options(LIMIT, WORKERS, SEED), hear)
        seconds.append(monotonic() - started)
        first.append(told[0] if told else seconds[-1])
        level = next(one for one in answer.plan.levels if one.name == DISTURBANCE)
        proven.append(level.absolute_gap <= 0)
        gaps.append(level.absolute_gap)
    middle = len(first) // 2
    note = (
        f"first judged plan after {sorted(first)[middle]:.1f} s at the median, {max(first):.1f} at worst; "
        f"least disturbance proven {sum(proven)} times of {len(proven)}, median gap "
        f"{sorted(gaps)[middle]:g} points"
    )
    return row_of("replan", name, seconds, note)


def published_departement(name: str) -> Standing:
    """A département with a plan found in a minute."""
    week = a_departement(name).week()
    return Standing(week, solve_by_parts(week, Options(60.0, WORKERS, SEED)))


def replanning_a_departement(name: str, standing: Standing) -> Row:
    """One absence of a day, in three territories one after the other."""
    week, day = standing.week, standing.week.calendar.days[1]
    people = [person.id for person in week.professionals if person.profession in {"AS", "CESF", "ES"}]
    now, seconds, elsewhere = start_of_day(week.calendar.days[0]), [], 0
    for person in Random(SEED).sample(people, 3):
        event = Absent(person, start_of_day(day), start_of_day(day) + timedelta(days=1))
        started = monotonic()
        answer = replan(standing, [event], now, Options(10.0, WORKERS, SEED))
        seconds.append(monotonic() - started)
        theirs = _colleagues(week, person)
        moved = (shift for shift in answer.shifts if shift.item_id in week.mission)
        elsewhere += sum(theirs.isdisjoint(shift.professional_ids) for shift in moved)
    return row_of("replan", name, seconds, f"{elsewhere} missions moved that nobody of their services does")


def _colleagues(week: Week, person: str) -> set[str]:
    """The people who share a service with someone, and themselves."""
    services = set(week.professional[person].service_ids)
    return {one.id for one in week.professionals if services & set(one.service_ids)}


QUESTIONS: dict[str, tuple[Callable[[str, Standing], Row], tuple[str, ...]]] = {
    "evaluate": (evaluating, OF_THIRTY),
    "recommend": (recommending, OF_THIRTY),
    "explain": (explaining, OF_TWENTY),
    "replan": (replanning, OF_TWENTY),
    "departement": (replanning_a_departement, ("departement-60-typical",)),
}


def write(row: Row) -> None:
    """The results file, where a row replaces the one of the same question, and its table."""
    known = {(one["question"], one["week"]): one for one in read_rows(RESULTS)} if RESULTS.is_file() else {}
    known[row.question, row.week] = {key: str(value) for key, value in asdict(row).items()}
    names = [field.name for field in fields(Row)]
    write_rows(RESULTS, names, known.values())
    text = table(names, ([one[name] for name in names] for one in known.values()))
    PAGE.write_text(between(PAGE.read_text(encoding="utf-8"), "answers", text), encoding="utf-8")


def main() -> None:
    """Ask the questions given, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("questions", nargs="*", help=f"all by default: {', '.join(QUESTIONS)}")
    asked = parser.parse_args()
    if unknown := [one for one in asked.questions if one not in QUESTIONS]:
        parser.error(f"no such question: {', '.join(unknown)}")
    for question in asked.questions or QUESTIONS:
        ask, weeks = QUESTIONS[question]
        for name in weeks:
            is_whole = name.startswith("departement")
            row = ask(name, published_departement(name) if is_whole else standing_of(name))
            print(row, flush=True)
            write(row)


if __name__ == "__main__":
    main()
