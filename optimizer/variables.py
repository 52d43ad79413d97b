"""The variables of the bucket stage: missions, actions, meetings, reservations, tours.

A variable exists only where the week allows it on its own (presence, profession, opening, release); what
couples several variables is posted by the rules.
"""

from collections import defaultdict

from optimizer.board import WITHIN_ZONE, HalfDay, Interval, Location, fixed_start
from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.model import BucketModel, Key, Load
from optimizer.tours import Tour
from optimizer.week import CollectiveAction, Meeting, Professional
from optimizer.words import HalfDayName, Profession, RoomKind, ServiceKind, WEEKDAY_NAMES

PART_FLOOR = 60
WRITING_FLOOR = 30
COLLECTIVE_FLOOR = 90
URGENCY_MINUTES = 60


def steps(minutes: int) -> int:
    """Minutes in steps of the grid."""
    return minutes // GRID_MINUTES


def create_variables(model: BucketModel) -> None:
    """Create every variable; tours come last, since they depend on where the rest may be."""
    for bundle in model.bundles:
        place_bundle(model, bundle)
    for action in model.week.actions:
        place_action(model, action)
    for meeting in model.week.meetings:
        place_meeting(model, meeting)
    for key, half_day in model.half_days.items():
        reserve(model, key, half_day)
    for key, half_day in model.half_days.items():
        choose_tours(model, key, half_day)


# ------------------------------------------------------------------- missions


def place_bundle(model: BucketModel, bundle: Bundle) -> None:
    """Variables of missions alike: taken by someone in a half-day, unplaced, or (a request) queued."""
    keys = [key for key in candidate_keys(model, bundle)]
    if bundle.kind.splittable:
        _place_in_parts(model, bundle, keys)
    else:
        _place_whole(model, bundle, keys)
    if bundle.kind.request:
        return  # queue dates are posted by the rule of the queue
    model.unplaced[bundle.index] = model.statement.variable(
        model.name("unplaced", bundle.name), upper=bundle.count
    )


def candidate_keys(model: BucketModel, bundle: Bundle) -> list[Key]:
    """The half-days, by professional, that could hold a mission of the bundle on its own."""
    people = model.doers(bundle.first.type)
    if bundle.first.professions and len(bundle.first.professions) == bundle.people:
        people = [p for p in people if p.profession in bundle.first.professions]
    people = [p for p in people if model.may_meet(p, bundle)]
    return [key for p in people for key in model.keys_of(p.id) if _fits(model, bundle, model.half_days[key])]


def _fits(model: BucketModel, bundle: Bundle, half_day: HalfDay) -> bool:
    mission = bundle.first
    if half_day.day < mission.release or model.is_closed_to(bundle, half_day.slot):
        return False
    start = fixed_start(mission, model.board)
    room = model.room_hours(bundle, half_day.slot)
    if start is not None:
        part = (start, start + mission.duration_minutes)
        return half_day.holds((part,)) and (room is None or any(a <= part[0] and part[1] <= b for a, b in room))
    needed = PART_FLOOR if bundle.kind.splittable else mission.duration_minutes
    hours = half_day.free if room is None else overlap(half_day.free, room)
    return any(b - a >= min(needed, mission.duration_minutes) for a, b in hours)


def overlap(one: tuple[Interval, ...], other: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """What two lists of intervals share."""
    shared = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple((start, end) for start, end in shared if start < end)


def _place_whole(model: BucketModel, bundle: Bundle, keys: list[Key]) -> None:
    mission, taken = bundle.first, {}
    start = fixed_start(mission, model.board)
    parts = () if start is None else ((start, start + mission.duration_minutes),)
    for key in keys:
        most = min(bundle.count, model.half_days[key].minutes // mission.duration_minutes)
        variable = model.statement.variable(model.name("take", bundle.name, *key), upper=most)
        taken[key] = variable
        model.occupy(key, _load(bundle, variable, mission.duration_minutes, parts))
    model.take[bundle.index] = taken
    if bundle.people > 1:
        slots = sorted({slot for _, slot in keys})
        model.held[bundle.index] = {
            slot: model.statement.variable(model.name("held", bundle.name, slot)) for slot in slots
        }


def _place_in_parts(model: BucketModel, bundle: Bundle, keys: list[Key]) -> None:
    """A report: who writes it, in which half-days, and how many grid steps in each."""
    duration, taken, minutes = bundle.first.duration_minutes, {}, {}
    for key in keys:
        most = min(duration, model.half_days[key].minutes)
        taken[key] = model.statement.variable(model.name("part", bundle.name, *key))
        minutes[key] = model.statement.variable(model.name("steps", bundle.name, *key), upper=steps(most))
        model.statement.at_most(
            model.name("steps_need_a_part", bundle.name, *key), {minutes[key]: 1, taken[key]: -steps(most)}, 0
        )
        floor = steps(min(PART_FLOOR, duration))
        model.statement.at_least(
            model.name("part_is_long_enough", bundle.name, *key), {minutes[key]: 1, taken[key]: -floor}, 0
        )
        model.occupy(key, _load(bundle, minutes[key], GRID_MINUTES, (), shortest=0))
    for person in sorted({person for person, _ in keys}):
        model.does[bundle.index, person] = model.statement.variable(model.name("does", bundle.name, person))
    model.take[bundle.index] = taken
    model.part_minutes[bundle.index] = minutes


def _load(
    bundle: Bundle, variable: int, minutes: int, parts: tuple[Interval, ...], shortest: int | None = None
) -> Load:
    return Load(
        variable,
        minutes,
        None if bundle.kind.telework else bundle.location,
        teleworkable=bundle.kind.telework,
        in_reception=bundle.kind.request,
        parts=parts,
        shortest=minutes if shortest is None else shortest,
    )


# -------------------------------------------------------- actions and meetings


def place_action(model: BucketModel, action: CollectiveAction) -> None:
    """Variables of a collective action: held in a half-day, led by someone of each profession."""
    kind = model.week.types[action.type]
    if not model.serves(kind.owner):
        return
    site = model.board.site_location(action.site_id) if action.site_id else None
    start = fixed_start(action, model.board)
    parts = () if start is None else model.board.parts(start, action.duration_minutes)
    led: dict[tuple[str, int, Profession], int] = {}
    for profession in sorted(set(action.leaders)):
        for professional in model.doers(action.type):
            if professional.profession is not profession:
                continue
            for key in model.keys_of(professional.id):
                if not _action_fits(model, action, model.half_days[key], parts):
                    continue
                variable = model.statement.variable(model.name("lead", action.id, *key))
                led[professional.id, key[1], profession] = variable
                model.occupy(key, Load(variable, action.duration_minutes, site, parts=parts, shortest=action.duration_minutes))
    model.lead[action.id] = led
    slots = sorted({slot for _, slot, _ in led})
    model.action_held[action.id] = {
        slot: model.statement.variable(model.name("action_held", action.id, slot)) for slot in slots
    }


def _action_fits(
    model: BucketModel, action: CollectiveAction, half_day: HalfDay, parts: tuple[Interval, ...]
) -> bool:
    if half_day.day < action.release:
        return False
    hours = half_day.free
    if model.week.types[action.type].room is RoomKind.GROUP and action.site_id:
        hours = overlap(hours, model.board.opening.get((action.site_id, half_day.slot), ()))
    if parts:
        return all(any(a <= start and end <= b for a, b in hours) for start, end in parts)
    return any(b - a >= action.duration_minutes for a, b in hours)


def place_meeting(model: BucketModel, meeting: Meeting) -> None:
    """Variables of attendance, for each start that a meeting may have."""
    members = [p for p in model.board.members(meeting) if p.id in model.people]
    if not members:
        return
    starts = model.meeting_starts(meeting)
    if len(starts) > 1:
        model.meeting_held[meeting.id] = {
            start: model.statement.variable(model.name("meeting_held", meeting.id, start)) for start in starts
        }
    site = model.board.site_location(meeting.site_id) if meeting.site_id else None
    attendance: dict[str, dict[int, int]] = defaultdict(dict)
    for professional in members:
        for start in starts:
            parts = model.board.parts(start, meeting.duration_minutes)
            keys = model.keys_holding(professional.id, parts)
            if keys is None:
                continue
            variable = model.statement.variable(model.name("attend", meeting.id, professional.id, start))
            attendance[professional.id][start] = variable
            for key, inside in keys.items():
                minutes = sum(end - begin for begin, end in inside)
                model.occupy(key, Load(variable, minutes, site, parts=inside, shortest=minutes))
    model.attend[meeting.id] = dict(attendance)


# ---------------------------------------------------------------- reservations


def reserve(model: BucketModel, key: Key, half_day: HalfDay) -> None:
    """Writing, collective time, preparation, urgency hours and reception duty of one half-day."""
    professional, reserved = model.people[key[0]], model.reserved[key]
    longest = max(b - a for a, b in half_day.free)
    if professional in model.sector_people and longest >= WRITING_FLOOR:
        reserved.writing = model.statement.variable(model.name("writing", *key), upper=steps(half_day.minutes))
    if professional in model.sector_people and longest >= COLLECTIVE_FLOOR:
        reserved.collective = model.statement.variable(
            model.name("collective", *key), upper=steps(half_day.minutes)
        )
        reserved.collective_held = model.statement.variable(model.name("collective_held", *key))
    if professional in model.sector_people and model.prepares(professional):
        reserved.preparation = model.statement.variable(
            model.name("preparation", *key), upper=steps(half_day.minutes)
        )
    for site_id, need in model.cover.get(key[1], {}).items():
        _reserve_cover(model, key, half_day, site_id, need)


def _reserve_cover(model: BucketModel, key: Key, half_day: HalfDay, site_id: str, need: tuple[int, int]) -> None:
    professional, reserved = model.people[key[0]], model.reserved[key]
    if site_id not in model.board.posts(professional):
        return
    opening = model.board.opening[site_id, key[1]]
    if need[0] and model.board.may_do(professional, "ACCUEIL") and half_day.holds(opening):
        reserved.reception[site_id] = model.statement.variable(model.name("reception", site_id, *key))
    hours = overlap(half_day.free, opening)
    if need[1] and model.board.may_do(professional, "URGENCE") and any(b - a >= URGENCY_MINUTES for a, b in hours):
        reserved.urgency[site_id] = model.statement.variable(model.name("urgency", site_id, *key))


# ----------------------------------------------------------------------- tours


def choose_tours(model: BucketModel, key: Key, half_day: HalfDay) -> None:
    """One tour a half-day: the post and the places gone through; telework is one more choice."""
    professional = model.people[key[0]]
    shortest: dict[Location, int] = {}
    for load in model.loads[key]:
        if load.location is not None:
            shortest[load.location] = min(shortest.get(load.location, load.shortest), load.shortest)
    reserved = model.reserved[key]
    useful = {stop.site_id for stop in shortest} | set(reserved.reception) | set(reserved.urgency)
    found: list[tuple[Tour | None, int]] = []
    for post in model.board.posts(professional):
        if post != professional.site_id and post not in useful:
            continue
        for tour in model.tour_book.tours(post, shortest, half_day.minutes):
            stops = "+".join(sorted(stop.site_id or stop.zone for stop in tour.stops))
            found.append((tour, model.statement.variable(model.name("tour", *key, post, stops))))
    if WEEKDAY_NAMES[half_day.day.weekday()] in professional.telework_days:
        found.append((None, model.statement.variable(model.name("telework", *key))))
        model.on_site[key] = model.statement.variable(model.name("on_site", *key))
    model.tours[key] = found
