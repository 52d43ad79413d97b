"""A composed team as one self-contained page that prints on one A4 sheet; the workbook holds what is cut."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from optimizer.composed import ComposedTeam, ReachedWeek, Shortage
from optimizer.files.team_words import (
    NO_BREAK,
    Euros,
    Language,
    Share,
    base_of,
    grade_sentence,
    label,
    need_sentence,
    note_in,
    proof_sentence,
    shown,
)
from optimizer.files.team_workbook import Table, half_times, professions

MOST_ROWS, MOST_NEEDS, MOST_NOTES = 7, 3, 5
LONGEST_NOTE = 220
FEW_LINES, LARGE, SMALL = 24, 9, 8
"""Points of the printed letters: large ones where tables and lists take few lines."""

# The chart in its own units: names, then bars two by two, then figures.
CHART_WIDTH, BARS_FROM, LONGEST_BAR = 310, 54, 220
KEY_HEIGHT, GROUP_HEIGHT = 15, 20


@dataclass(frozen=True)
class Listing:
    """The first rows of a table, and how many are left to the workbook."""

    table: Table
    left: int


@dataclass(frozen=True)
class Bar:
    """The full-time posts of a profession, present and composed: lengths of two bars, and their figures."""

    name: str
    top: int
    lengths: tuple[float, float]
    figures: tuple[str, str]


@dataclass(frozen=True)
class Strip:
    """A week as a bar: its value and its target in percent of the longest."""

    week: ReachedWeek
    value: float
    target: float


def team_html(team: ComposedTeam, present: Mapping[str, float], language: Language) -> bytes:
    """The page: no script, nothing loaded from elsewhere, every text escaped.

    `present` holds the full-time posts of the present team by profession.
    """
    environment = Environment(
        loader=PackageLoader("optimizer", "files/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    by_profession = professions(team, present, language)
    page = environment.get_template("team.html").render(
        language=language.value,
        size=LARGE if _lines(team, by_profession) <= FEW_LINES else SMALL,
        word=partial(label, language=language),
        shown=partial(shown, language=language),
        proof=proof_sentence(team, language),
        tiles=list(_tiles(team, language)),
        professions=Listing(by_profession, 0),
        bars=list(_bars(by_profession, language)),
        chart={"width": CHART_WIDTH, "height": KEY_HEIGHT + GROUP_HEIGHT * len(by_profession.rows)},
        bars_from=BARS_FROM,
        opened=_listing(_opened(team, language)),
        closed=_listing(_closed(team, language)),
        strips=_strips(team),
        weeks=len(team.weeks),
        half_times=_listing(half_times(team, language)),
        needs_title=label("needs_title", language).format(team=base_of(team, language)),
        needs=[_need(need, language) for need in team.shortages[:MOST_NEEDS]],
        needs_left=max(0, len(team.shortages) - MOST_NEEDS),
        grade=grade_sentence(team, team.one_grade, language) if team.one_grade else None,
        asked=list(_asked(team, language)),
        notes=[note_in(_cut(note), language) for note in team.notes[:MOST_NOTES]],
        notes_left=max(0, len(team.notes) - MOST_NOTES),
    )
    return page.encode()


def _lines(team: ComposedTeam, by_profession: Table) -> int:
    """How many lines the page has beside its sentences; tables side by side count once."""
    side_by_side = ((team.opened, team.closed), (team.weeks, team.shadow_values))
    tables = sum(min(MOST_ROWS, max(map(len, pair))) for pair in side_by_side)
    lists = min(MOST_NEEDS, len(team.shortages)) + 2 * min(MOST_NOTES, len(team.notes))
    return len(by_profession.rows) + tables + lists


def _listing(table: Table) -> Listing:
    return Listing(table._replace(rows=table.rows[:MOST_ROWS]), max(0, len(table.rows) - MOST_ROWS))


def _tiles(team: ComposedTeam, language: Language) -> Iterator[tuple[str, str, str]]:
    """The figures at the top: what each is, its value, what to compare it with."""

    def told(code: str, **values: str | int | float) -> str:
        return label(code, language).format(**{name: shown(one, language) for name, one in values.items()})

    opened = sum(len(posts.ids) for posts in team.opened)
    reached = sum(week.is_reached for week in team.weeks)
    rest, gap = Euros(team.absolute_gap), Share(team.gap)
    yield (
        told("cost"),
        shown(Euros(team.cost), language),
        told("tile_present", value=Euros(team.present_cost)),
    )
    yield told("bound"), shown(Euros(team.bound), language), told("tile_gap", rest=rest, gap=gap)
    yield told("posts"), shown(team.posts, language), told("tile_present", value=team.present_posts)
    moves = told("tile_moves", opened=opened, closed=len(team.closed))
    yield told("people_kept"), shown(len(team.kept), language), moves
    share = Share(team.request.share_percent / 100)
    yield told("weeks_reached"), told("of", n=reached, total=len(team.weeks)), told("tile_share", share=share)


def _bars(table: Table, language: Language) -> Iterator[Bar]:
    """Bars of one scale: the longest is the profession with most posts."""
    pairs = [(str(code), _number(before), _number(after)) for code, _, before, after, _ in table.rows]
    longest = max((max(before, after) for _, before, after in pairs), default=0.0) or 1.0
    for rank, (code, before, after) in enumerate(pairs):
        lengths = (round(LONGEST_BAR * before / longest, 1), round(LONGEST_BAR * after / longest, 1))
        figures = (shown(before, language), shown(after, language))
        yield Bar(code, KEY_HEIGHT + rank * GROUP_HEIGHT, lengths, figures)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _opened(team: ComposedTeam, language: Language) -> Table:
    rows = (
        (
            one.profession.value,
            one.service_id,
            one.site_id,
            one.pattern,
            Share(one.quotite / 100),
            len(one.ids),
        )
        for one in team.opened
    )
    columns = ("profession", "service", "site", "pattern", "quotite", "number")
    heads = tuple(label(code, language) for code in columns)
    return Table(label("posts_opened", language), heads, tuple(rows), label("nothing_opened", language))


def _closed(team: ComposedTeam, language: Language) -> Table:
    rows = tuple((id_,) for id_ in team.closed)
    heads = (label("person", language),)
    return Table(label("posts_closed", language), heads, rows, label("nothing_closed", language))


def _strips(team: ComposedTeam) -> list[Strip]:
    """Every week in its order, or those nearest to being missed when there are too many."""
    weeks = list(team.weeks)
    if len(weeks) > MOST_ROWS:
        weeks = sorted(weeks, key=lambda week: (week.is_reached, week.target - week.value))[:MOST_ROWS]
    longest = max((max(week.value, week.target) for week in weeks), default=0.0) or 1.0
    return [
        Strip(week, round(100 * week.value / longest, 1), round(100 * week.target / longest, 1))
        for week in weeks
    ]


def _need(need: Shortage, language: Language) -> str:
    return f"{need.week}, {need.service_id}{label('colon', language)}{need_sentence(need, language)}."


def _asked(team: ComposedTeam, language: Language) -> Iterator[tuple[str, str]]:
    """What was asked, in a few words; costs only where they are the département's own."""
    request = team.request
    yield label("start", language), label(f"start_{request.start}", language)
    yield label("asked_keep", language), _people(request.keep, language)
    yield label("tolerance", language), shown(request.tolerance, language)
    if request.costs:
        costs = (f"{name}{NO_BREAK}{shown(Euros(cost), language)}" for name, cost in request.costs.items())
        yield label("full_time", language), ", ".join(costs)


def _people(ids: Sequence[str], language: Language) -> str:
    more = label("more", language).format(n=len(ids) - MOST_ROWS) if len(ids) > MOST_ROWS else ""
    return " ".join([", ".join(ids[:MOST_ROWS]) or label("nobody", language), more]).strip()


def _cut(note: str) -> str:
    return note if len(note) <= LONGEST_NOTE else note[: LONGEST_NOTE - 1].rstrip(" ,") + "…"
