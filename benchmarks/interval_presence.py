"""The interval model's reception, meetings, urgency hours, writing and collective time."""

from collections import defaultdict

from ortools.sat.python import cp_model

from benchmarks.interval_base import WEEK, Block, Number, Task, Timetable, steps
from benchmarks.interval_missions import assign
from optimizer.board import HalfDay, fixed_start
from optimizer.clock import GRID_MINUTES
from optimizer.intervals import Interval
from optimizer.plan import ReservationKind
from optimizer.week import WEEKDAYS, Meeting, Professional
from optimizer.words import ServiceKind

SHORTEST_LUNCH = 45
SESSION_START = 9 * 60
WRITING_BLOCK = (30, 120)
SHORTEST_COLLECTIVE = 90
COLLECTIVE_BLOCKS_A_WEEK = 2


def add_reception(table: Timetable) -> None:
    """Duties: someone there for a whole half-day of the opening, its first half kept free."""
    weights = table.week.organisation.commitments
    for (site, slot), windows in table.board.opening.items():
        wanted = _wanted(table, site, slot)
        if not wanted:
            continue
        start, end = windows[0][0], windows[-1][1]
        duties = [
            _duty(table, person, site, slot, (start, end))
            for person in _sector(table, "ACCUEIL")
            if site in table.board.posts(person) and _is_free(table, person, slot, (start, end))
        ]
        missing = table.cp.new_int_var(0, wanted, f"reception_missing_{site}_{slot}")
        table.cp.add(sum(duties) + missing == wanted)
        table.pay(weights.reception_missing, missing)
    for duties_of_one in table.duties.values():
        table.cp.add_at_most_one(duty.kept for duty in duties_of_one)


def _wanted(table: Timetable, site_id: str, slot: int) -> int:
    weekday = WEEKDAYS[table.board.day_of(slot).weekday()]
    needs = [need for need in table.week.reception if need.site_id == site_id and need.day is weekday]
    return sum(need.afternoon if slot % 2 else need.morning for need in needs)


def _sector(table: Timetable, code: str) -> list[Professional]:
    return [p for p in table.able(code) if ServiceKind.SECTEUR in table.week.kinds_served_by(p)]


def _is_free(table: Timetable, person: Professional, slot: int, span: Interval) -> bool:
    half = table.board.half_days.get((person.id, slot))
    return half is not None and half.holds((span,))


def _duty(table: Timetable, person: Professional, site: str, slot: int, span: Interval) -> cp_model.IntVar:
    literal = table.literal(f"duty_{person.id}_{site}_{slot}")
    start, length = steps(span[0]), steps(span[1] - span[0])
    block = Block(ReservationKind.RECEPTION, person.id, site, start, length, literal)
    table.blocks.append(block)
    table.duties[person.id, slot].append(block)
    half = table.board.half_days[person.id, slot]
    is_away = site != person.site_id
    whole = (steps(half.span[0]), steps(half.span[1])) if is_away else (start, start + length)
    name = f"{literal.name}_whole"
    taken = table.cp.new_optional_fixed_size_interval_var(whole[0], whole[1] - whole[0], literal, name)
    table.around_duty[person.id, site].append(taken)
    free = table.cp.new_optional_fixed_size_interval_var(
        start, -(-length // 2), literal, f"{literal.name}_free"
    )
    table.busy[person.id].append(free)
    if is_away:
        _travel_over_lunch(table, person, block, half)
    return literal


def _travel_over_lunch(table: Timetable, person: Professional, duty: Block, half: HalfDay) -> None:
    """Someone posted elsewhere for half a day needs the way beside 45 minutes of lunch."""
    board = table.board
    way = board.travel(board.site_location(duty.site_id), board.site_location(person.site_id))
    other = board.half_days.get((person.id, half.slot ^ 1))
    if other is None:
        return
    is_morning = half.slot % 2 == 0
    low = other.span[0] if is_morning else half.span[0] - SHORTEST_LUNCH - way
    high = half.span[1] + SHORTEST_LUNCH + way if is_morning else other.span[1]
    if low < high:
        name = f"{duty.kept.name}_way"
        lost = table.cp.new_optional_fixed_size_interval_var(steps(low), steps(high - low), duty.kept, name)
        table.busy[person.id].append(lost)
        for post in board.posts(person):
            table.around_duty[person.id, post].append(lost)


def add_meetings(table: Timetable) -> None:
    """Meetings and sessions: who attends; the price of absence, or of seats empty or badly given."""
    for meeting in table.week.meetings:
        where = table.board.site_location(meeting.site_id) if meeting.site_id else None
        parts = _meeting_parts(table, meeting)
        held = table.literal(f"held_{meeting.id}")
        table.tasks[meeting.id] = task = Task(meeting, where, parts, held)
        members = [p for p in table.board.members(meeting) if _may_attend(table, meeting, p)]
        for person in members if parts else []:
            assign(table, task, person)
            table.cp.add_implication(task.people[person.id], held)
        if meeting.seats is None:
            _price_absence(table, task, members)
        else:
            table.cp.add(sum(task.people.values()) <= meeting.seats)
            _price_seats(table, task, meeting, members)


def _meeting_parts(table: Timetable, meeting: Meeting) -> list[tuple[Number, int]]:
    """Fixed parts, or parts that follow one start, at a half hour; a long session begins at nine."""
    board = table.board
    if (fixed := fixed_start(meeting, board)) is not None:
        return [
            (steps(start), steps(end - start)) for start, end in board.parts(fixed, meeting.duration_minutes)
        ]
    days = [day for day in board.calendar.days if meeting.release <= day <= meeting.due]
    pieces = board.parts(SESSION_START, meeting.duration_minutes)
    if len(pieces) > 1:
        windows = [(board.base(day) + SESSION_START, board.base(day) + SESSION_START) for day in days]
    else:
        minutes = [board.base(day) + minute for day in days for minute in range(8 * 60, 18 * 60, 30)]
        windows = [(minute, minute) for minute in minutes]
    start = table.start(meeting.id, windows)
    if start is None:
        return []
    return [(start + steps(low - SESSION_START), steps(high - low)) for low, high in pieces]


def _may_attend(table: Timetable, meeting: Meeting, person: Professional) -> bool:
    """Whether a member may be there for the whole of it, as far as is known before it has a time."""
    if not table.week.types[meeting.type].may_be_done_by(person.profession):
        return False
    if (fixed := fixed_start(meeting, table.board)) is None:
        return True
    parts = table.board.parts(fixed, meeting.duration_minutes)
    halves = table.half_days[person.id]
    return all(any(half.holds((part,)) for half in halves) for part in parts)


def _price_absence(table: Timetable, task: Task, members: list[Professional]) -> None:
    price = table.week.organisation.commitments.meeting_absent
    for person in members:
        attends = task.people.get(person.id, 0)
        excused = _duties_during(table, task, person)
        absent = table.literal(f"absent_{task.item.id}_{person.id}")
        table.cp.add(absent + attends + sum(excused) >= 1)
        table.pay(price, absent)


def _duties_during(table: Timetable, task: Task, person: Professional) -> list[cp_model.IntVar]:
    """Duties that excuse from a meeting of a fixed time."""
    if not task.item.fixed_start:
        return []
    start = steps(table.board.calendar.minute(task.item.fixed_start))
    end = start + steps(task.item.duration_minutes)
    found = [duty for (who, _), duties in table.duties.items() if who == person.id for duty in duties]
    return [duty.kept for duty in found if duty.start < end and start < duty.start + duty.length]


def _price_seats(table: Timetable, task: Task, meeting: Meeting, members: list[Professional]) -> None:
    """As many members under target as there are seats should attend, leaders of a dated action aside."""
    target = table.week.organisation.isic_days_per_year
    under = [person.id for person in members if person.isic_days_done < target]
    leaders = [
        table.tasks[action.id].people[person]
        for action in table.week.actions
        if action.fixed_start
        and meeting.fixed_start
        and action.fixed_start.date() == meeting.fixed_start.date()
        for person in under
        if person in table.tasks[action.id].people
    ]
    seats = meeting.seats or 0
    eligible = table.cp.new_int_var(0, len(under), f"eligible_{meeting.id}")
    table.cp.add(eligible >= len(under) - sum(leaders))
    wanted = table.cp.new_int_var(0, seats, f"wanted_{meeting.id}")
    table.cp.add_min_equality(wanted, [seats, eligible])
    attending = sum(task.people[person] for person in under if person in task.people)
    missing = table.cp.new_int_var(0, seats, f"seats_missing_{meeting.id}")
    table.cp.add(missing >= wanted - attending)
    table.pay(table.week.organisation.commitments.training_seat, missing)


def add_urgency_hours(table: Timetable) -> None:
    """Hours kept free for urgencies, inside the opening, by people who are not on duty then."""
    weights = table.week.organisation.commitments
    by_half_day: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    for (site, slot), windows in table.board.opening.items():
        weekday = WEEKDAYS[table.board.day_of(slot).weekday()]
        needs = [
            need.urgency_hours
            for need in table.week.reception
            if need.site_id == site and need.day is weekday
        ]
        wanted = sum(needs)
        if not wanted:
            continue
        kept = {
            person.id: hour
            for person in _sector(table, "URGENCE")
            if site in table.board.posts(person)
            and (hour := _hour(table, person, site, slot, windows)) is not None
        }
        for who, hour in kept.items():
            by_half_day[who, slot].append(hour)
        missing = table.cp.new_int_var(0, wanted, f"urgency_missing_{site}_{slot}")
        table.cp.add(sum(kept.values()) + missing == wanted)
        table.pay(weights.urgency_hour_missing, missing)
    for hours in by_half_day.values():
        table.cp.add_at_most_one(hours)


def _hour(
    table: Timetable, person: Professional, site: str, slot: int, windows: tuple[Interval, ...]
) -> cp_model.IntVar | None:
    start = table.start(f"urgency_{person.id}_{site}_{slot}", [(low, high - 60) for low, high in windows])
    if start is None or (person.id, slot) not in table.board.half_days:
        return None
    literal = table.literal(f"urgency_{person.id}_{site}_{slot}")
    table.blocks.append(Block(ReservationKind.URGENCY, person.id, site, start, steps(60), literal))
    table.occupy(person, literal, start, steps(60), table.board.site_location(site))
    table.cp.add_at_most_one(literal, *(duty.kept for duty in table.duties[person.id, slot]))
    return literal


def add_writing(table: Timetable) -> None:
    """A block of 30 to 120 minutes in each free stretch of a half-day, against the quota of each week."""
    organisation = table.week.organisation
    for person in table.board.sector_people():
        written: dict[int, list[Number]] = {week: [] for week in range(table.week.horizon.weeks)}
        for half in table.half_days[person.id]:
            blocks = [
                _write(table, person, half, hour) for hour in half.free if _length(hour) >= WRITING_BLOCK[0]
            ]
            written[table.board.calendar.week_of(half.day)] += blocks
        for week, lengths in written.items():
            quota = _quota(table, person, week, organisation.writing_share_percent)
            price = organisation.commitments.writing_minute_missing
            _price_missing(table, f"writing_{person.id}_{week}", quota, lengths, price)


def _length(hour: Interval) -> int:
    return hour[1] - hour[0]


def _write(table: Timetable, person: Professional, half: HalfDay, hour: Interval) -> Number:
    """An optional block of variable length at one's own site; what counts of it is 0 when it is not kept."""
    name = f"writing_{person.id}_{hour[0]}"
    low, high = steps(WRITING_BLOCK[0]), steps(min(WRITING_BLOCK[1], _length(hour)))
    kept = table.literal(name)
    start = table.cp.new_int_var(steps(hour[0]), steps(hour[1]) - low, f"start_{name}")
    end = table.cp.new_int_var(steps(hour[0]) + low, steps(hour[1]), f"end_{name}")
    length = table.cp.new_int_var(low, high, f"length_{name}")
    counted = table.cp.new_int_var(0, high, f"counted_{name}")
    table.cp.add(counted <= length)
    table.cp.add(counted <= high * kept)
    taken = table.cp.new_optional_interval_var(start, length, end, kept, name)
    site = person.site_id if _may_write_on_duty(table, person, half) else None
    table.take(person, taken, may_be_on_duty_at=site)
    table.blocks.append(Block(ReservationKind.WRITING, person.id, person.site_id, start, length, kept))
    return counted


def _may_write_on_duty(table: Timetable, person: Professional, half: HalfDay) -> bool:
    """Whether every duty ends with the half-day, so that no block can stand half in and half out of it."""
    duties = table.duties[person.id, half.slot]
    return all(duty.start + duty.length >= steps(half.span[1]) for duty in duties)


def _quota(table: Timetable, person: Professional, week: int, percent: int) -> int:
    return steps(table.board.paid_minutes(person, week) * percent // 100)


def _price_missing(table: Timetable, name: str, quota: int, lengths: list[Number], points: float) -> None:
    missing = table.cp.new_int_var(0, quota, f"missing_{name}")
    table.cp.add(missing + sum(lengths) >= quota)
    table.pay(5 * points, missing)


def add_collective_time(table: Timetable) -> None:
    """Two blocks a week of half the quota each (90 minutes at least), beside what is led and prepared."""
    organisation = table.week.organisation
    for person in table.board.sector_people():
        for week in range(table.week.horizon.weeks):
            quota = _quota(table, person, week, organisation.collective_share_percent)
            counted = list(table.collective[person.id, week])
            length = max(steps(SHORTEST_COLLECTIVE), -(-quota // COLLECTIVE_BLOCKS_A_WEEK))
            for number in range(COLLECTIVE_BLOCKS_A_WEEK):
                counted.append(length * _reflect(table, person, week, number, length))
            price = organisation.commitments.collective_minute_missing
            _price_missing(table, f"collective_{person.id}_{week}", quota, counted, price)


def _reflect(
    table: Timetable, person: Professional, week: int, number: int, length: int
) -> cp_model.IntVar | int:
    """Whether a block of collective time is kept in a week."""
    bounds = week * WEEK * GRID_MINUTES, (week + 1) * WEEK * GRID_MINUTES
    hours = [
        hour for hour in table.own_hours(person, GRID_MINUTES * length) if bounds[0] <= hour[0] < bounds[1]
    ]
    start = table.start(f"collective_{person.id}_{week}_{number}", hours)
    if start is None:
        return 0
    kept = table.literal(f"collective_{person.id}_{week}_{number}")
    table.keep(ReservationKind.COLLECTIVE, person, start, length, kept)
    return kept
