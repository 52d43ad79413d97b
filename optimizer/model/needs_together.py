"""What a week asks of pools together: collective actions, meetings, training sessions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.intervals import Interval
from optimizer.linear import Variable, each
from optimizer.model.needs_reserved import duties
from optimizer.model.pools import Pool, is_floating, label
from optimizer.organisation import tenths
from optimizer.rules import late, waiting
from optimizer.week import CollectiveAction, Meeting, Professional

if TYPE_CHECKING:
    from optimizer.model.needs import Needs


def post_action(needs: "Needs", action: CollectiveAction) -> None:
    steps = grid_steps(action.duration_minutes)
    team, board = needs.board.teams.of_action(action), needs.board
    led: dict[int, dict[Pool, Variable]] = defaultdict(dict)
    for person in needs.people.values():
        if person.profession not in action.leaders or not board.may_take(person, action.type, team):
            continue
        pool = needs.pool(person)
        for slot in _slots_of_action(needs, action, person):
            if pool not in led[slot]:
                variable = needs.variable("lead", (action.id, *label(pool), slot), len(action.leaders))
                led[slot][pool] = variable
                needs.use(pool, slot, variable, steps, steps)
                needs.collective[pool, needs.week_of(slot)].append((variable, steps))
    held = {}
    for slot, leaders in led.items():
        price = late.price_on(board, action, board.day_of(slot))
        held[slot] = needs.shortfall("action", (action.id, slot), 1, price)
        for profession in dict.fromkeys(action.leaders):
            number = action.leaders.count(profession)
            mine = [v for pool, v in leaders.items() if pool[0] is profession]
            needs.row(
                "leaders",
                (action.id, slot, profession),
                each(mine),
                [(held[slot], -number)],
                lower=0,
                upper=0,
            )
    after = board.calendar.first_day_after
    price = late.price_on(board, action, after) + waiting.price_until(board, action, after)
    left = needs.shortfall("action_left", (action.id,), 1, price)
    needs.row("held_once", (action.id,), each((*held.values(), left)), lower=1, upper=1)
    if action.preparation_minutes:
        _prepare(needs, action, led)


def _slots_of_action(needs: "Needs", action: CollectiveAction, person: Professional) -> Iterator[int]:
    start, first = needs.start_of(action), needs.board.first_slot(action.release)
    for key in needs.keys_of(person.id):
        half_day = needs.half_days[key]
        if start is not None:
            if half_day.holds(((start, start + action.duration_minutes),)):
                yield key[1]
        elif key[1] >= first:
            hours = needs.action_hours(action, half_day)
            if any(end - begin >= action.duration_minutes for begin, end in hours):
                yield key[1]


def _prepare(needs: "Needs", action: CollectiveAction, led: Mapping[int, Mapping[Pool, Variable]]) -> None:
    """Each pool prepares what it leads, in any of its half-days up to then."""
    steps = grid_steps(action.preparation_minutes)
    for pool in dict.fromkeys(pool for leaders in led.values() for pool in leaders):
        mine = [leaders[pool] for leaders in led.values() if pool in leaders]
        last = max(slot for slot, leaders in led.items() if pool in leaders)
        slots = sorted({key[1] for person in needs.pools[pool] for key in needs.keys_of(person.id)})
        prepared = []
        for slot in (slot for slot in slots if slot <= last):
            variable = needs.variable("prepare", (action.id, *label(pool), slot), steps * len(action.leaders))
            prepared.append(variable)
            needs.use(pool, slot, variable, 1)
            needs.collective[pool, needs.week_of(slot)].append((variable, 1))
        needs.row(
            "prepared",
            (action.id, *label(pool)),
            each(prepared),
            each(mine, -steps),
            lower=0,
            upper=0,
        )


def post_meeting(needs: "Needs", meeting: Meeting) -> None:
    start = needs.start_of(meeting)
    members = [person for person in needs.expected(meeting) if not is_floating(person)]
    for pool, people in groupby(sorted(members, key=lambda p: str(needs.pool(p))), key=needs.pool):
        mine = list(people)
        if start is None:
            _attend_some_time(needs, meeting, pool, mine)
        else:
            _attend(needs, meeting, pool, mine, needs.board.parts(start, meeting.duration_minutes))
    if meeting.seats is not None and start is not None and meeting.id not in needs.forgiven:
        _post_seats(needs, meeting, members, needs.board.parts(start, meeting.duration_minutes))


def _whom(meeting: Meeting, pool: Pool) -> tuple[object, ...]:
    return (meeting.id, *label(pool))


def _attend(
    needs: "Needs", meeting: Meeting, pool: Pool, people: list[Professional], parts: tuple[Interval, ...]
) -> None:
    """Whoever is there for all of it and not on duty attends, or is absent; a seat is held by some."""
    there: dict[tuple[tuple[int, int], ...], list[Professional]] = defaultdict(list)
    for person in people:
        held = needs.keys_holding(person.id, parts) or {}
        steps = tuple((key[1], grid_steps(sum(b - a for a, b in pieces))) for key, pieces in held.items())
        if steps:
            there[steps].append(person)
    price = tenths(needs.week.organisation.commitments.meeting_absent)
    for steps, able in there.items():
        whom = (*_whom(meeting, pool), *(slot for slot, _ in steps))
        attending = needs.variable("attend", whom, needs.most(able))
        needs.attending[meeting.id, pool].append(attending)
        needs.row("may_attend", whom, [(attending, 1)], needs.there(able, -1), upper=0)
        for slot, taken in steps:
            needs.use(pool, slot, attending, taken, taken)
        if meeting.seats is None:
            absent = needs.shortfall("absent", whom, needs.most(able), price)
            on_duty = [variable for slot, _ in steps for variable in duties(needs, pool, slot)]
            reasons = each((attending, absent, *on_duty))
            needs.row("attendance", whom, reasons, needs.there(able, -1), lower=0)


def _attend_some_time(needs: "Needs", meeting: Meeting, pool: Pool, people: list[Professional]) -> None:
    """A meeting whose time is free: those who could attend whenever it is held do, or are absent, or on
    duty then; each slot counts for no more than the duty there is."""
    if meeting.seats is not None:
        return
    starts = needs.meeting_starts(meeting)
    possible = {start: needs.board.parts(start, meeting.duration_minutes) for start in starts}
    always = [
        person
        for person in people
        if all(
            needs.keys_holding(person.id, parts) or not _is_ever(needs, parts) for parts in possible.values()
        )
    ]
    if not always:
        return
    steps = grid_steps(meeting.duration_minutes)
    slots = sorted(
        {key[1] for person in always for key in needs.keys_of(person.id) if _is_in(needs, meeting, key[1])}
    )
    attending = {}
    for slot in slots:
        attending[slot] = needs.variable("attend", (*_whom(meeting, pool), slot), needs.most(always))
        needs.use(pool, slot, attending[slot], steps, steps)
    price = tenths(needs.week.organisation.commitments.meeting_absent)
    absent = needs.shortfall("absent", _whom(meeting, pool), needs.most(always), price)
    most = max((sum(people for people, _ in sites.values()) for sites in needs.cover.values()), default=0)
    excused = needs.variable("excused", _whom(meeting, pool), most)
    reasons = each((*attending.values(), absent, excused))
    needs.row("attendance", _whom(meeting, pool), reasons, needs.there(always, -1), lower=0)


def _is_in(needs: "Needs", meeting: Meeting, slot: int) -> bool:
    return meeting.release <= needs.board.day_of(slot) <= meeting.due


def _is_ever(needs: "Needs", parts: tuple[Interval, ...]) -> bool:
    """Whether anybody could attend a meeting held then."""
    return any(needs.keys_holding(person, parts) for person in needs.people)


def _post_seats(
    needs: "Needs", meeting: Meeting, members: list[Professional], parts: tuple[Interval, ...]
) -> None:
    """Seats held by people under target, or wasted: the smaller of the empty seats and of those passed
    over, whichever a switch lets count."""
    organisation, seats = needs.week.organisation, meeting.seats or 0
    under = [
        person
        for person in members
        if person.isic_days_done < organisation.isic_days_per_year and needs.keys_holding(person.id, parts)
    ]
    if not under:
        return
    leaders = sum(
        len(action.leaders)
        for action in needs.week.actions
        if action.fixed_start is not None and any(needs.is_held_during(action, part) for part in parts)
    )
    pools = dict.fromkeys(needs.pool(person) for person in under)
    attending = [needs.variable("trained", _whom(meeting, pool), seats) for pool in pools]
    for pool, variable in zip(pools, attending, strict=True):
        mine = [person for person in under if needs.pool(person) == pool]
        needs.row("may_be_trained", _whom(meeting, pool), [(variable, 1)], needs.there(mine, -1), upper=0)
        attending_it = needs.attending[meeting.id, pool]
        needs.row("trained_attend", _whom(meeting, pool), [(variable, 1)], each(attending_it, -1), upper=0)
    wasted = needs.shortfall("wasted", (meeting.id,), seats, tenths(organisation.commitments.training_seat))
    few, most = needs.variable("few", (meeting.id,), 1), needs.most(under)
    enough = seats + leaders
    lacking = [(wasted, 1), *each(attending)]
    needs.row("seats", (meeting.id,), lacking, [(few, seats)], lower=seats)
    needs.row(
        "passed_over",
        (meeting.id,),
        lacking,
        needs.there(under, -1),
        [(few, -most)],
        lower=-leaders - most,
    )
    needs.row(
        "few", (meeting.id,), needs.there(under), [(few, max(0, most - enough))], upper=max(most, enough)
    )
