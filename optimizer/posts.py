from collections import defaultdict
from datetime import date

from optimizer.board import WITHIN_ZONE, Location, LUNCH_FLOOR, fixed_start
from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.linear import total
from optimizer.model import COMMITMENTS, PREFERENCES, BucketModel, Key, Load
from optimizer.organisation import tenths
from optimizer.variables import COLLECTIVE_FLOOR, WRITING_FLOOR, overlap, steps
from optimizer.words import Aptitude, Profession, RoomKind, ServiceKind, Urgency, WEEKDAY_NAMES


# ------------------------------------------------------------------ time
def one_tour(model: BucketModel) -> None:
    for key, tours in model.tours.items():
        model.statement.equal(model.name("one_tour", *key), {v: 1 for _, v in tours}, 1)


def time_of_half_day(model: BucketModel) -> None:
    """All minutes of a half-day, travel included, within its free minutes."""
    st = model.statement
    for key, half_day in model.half_days.items():
        terms = total(everything(model, key), travel_terms(model, key))
        st.at_most(model.name("time", *key), terms, steps(half_day.minutes))


def hop(load: Load) -> int:
    return steps(WITHIN_ZONE) if load.location is not None and load.location.is_home else 0


def everything(model: BucketModel, key: Key, in_reception=None, teleworkable=None):
    for load in model.loads[key]:
        if in_reception is not None and load.in_reception is not in_reception:
            continue
        if teleworkable is not None and load.teleworkable is not teleworkable:
            continue
        yield load.variable, steps(load.minutes) + hop(load)
    r = model.reserved[key]
    if r.writing is not None and in_reception is not False and teleworkable is not False:
        yield r.writing, 1
    if r.collective is not None and in_reception is not True and teleworkable is not True:
        yield r.collective, 1
    if r.preparation is not None and in_reception is not True and teleworkable is not False:
        yield r.preparation, 1
    if in_reception is not True and teleworkable is not True:
        for v in r.urgency.values():
            yield v, 12
    if in_reception is None and teleworkable is not True:
        for site, v in r.reception.items():
            yield v, kept_free(model, key, site)


def kept_free(model, key, site):
    opening = model.board.opening[site, key[1]]
    length = sum(b - a for a, b in opening)
    return steps(length) - steps(length // 2)


def travel_terms(model, key):
    for tour, v in model.tours[key]:
        if tour is not None and tour.fixed_minutes:
            yield v, steps(tour.fixed_minutes)


def travel(model: BucketModel) -> None:
    st = model.statement
    for key, half_day in model.half_days.items():
        tours = model.tours[key]
        posts = {t.post for t, _ in tours if t is not None}
        cap = steps(half_day.minutes)
        by_location = defaultdict(list)
        for load in model.loads[key]:
            if load.location is not None:
                by_location[load.location].append(load)
        for location, loads in by_location.items():
            everywhere = all(t is not None and (t.post == location.site_id or location in t.stops) for t, _ in tours)
            if everywhere:
                continue
            here = model.here(key, location)
            shortest = min((l.shortest or GRID_MINUTES) for l in loads)
            terms = [(l.variable, steps(l.minutes) + hop(l)) for l in loads]
            caps = [
                (v, -(cap - steps(t.fixed_minutes)))
                for t, v in tours
                if t is not None and (t.post == location.site_id or location in t.stops)
            ]
            st.at_most(model.name("time_at", location, *key), total(terms, caps), 0)
            if location.is_home or location.site_id not in posts:
                for load in loads:
                    n = st.uppers[load.variable]
                    st.at_most(model.name("goes_there", load.variable), total([(load.variable, 1)], [(v, -n) for v, _ in here]), 0)
            else:
                for load in loads:
                    if load.parts or load.minutes >= 120:
                        st.at_most(model.name("goes_there", load.variable), total([(load.variable, 1)], [(v, -1) for v, _ in here]), 0)
            if location.is_home:
                most = [
                    (v, -int((cap * GRID_MINUTES - t.fixed_minutes) // (shortest + WITHIN_ZONE)))
                    for t, v in tours
                    if t is not None and location in t.stops
                ]
                st.at_most(model.name("visits_at", location, *key), total([(l.variable, 1) for l in loads], most), 0)
        homes = [l for l in model.loads[key] if l.location is not None and l.location.is_home]
        if len(by_location) > 1 and homes:
            caps = [(v, -(cap - steps(t.fixed_minutes))) for t, v in tours if t is not None and t.homes]
            st.at_most(model.name("time_at_homes", *key), total([(l.variable, steps(l.minutes) + hop(l)) for l in homes], caps), 0)
        for s in model.reserved[key].reception:
            st.at_most(model.name("reception_post", *key), total([(model.reserved[key].reception[s], 1)], [(v, -1) for t, v in tours if t is not None and t.post == s and not t.stops]), 0)
        for s, v in model.reserved[key].urgency.items():
            st.at_most(model.name("urgency_post", *key), total([(v, 1)], [(w, -1) for w, _ in model.here(key, model.board.site_location(s))]), 0)


def telework(model):
    st = model.statement
    org = model.week.organisation
    for key, on_site in model.on_site.items():
        cap = steps(model.half_days[key].minutes)
        tele = [v for t, v in model.tours[key] if t is None]
        st.at_most(model.name("tele_only", *key), total(everything(model, key, teleworkable=False), [(v, cap) for v in tele]), cap)
        st.at_most(model.name("tele_or_site", *key), total(everything(model, key), [(v, -cap) for v in tele], [(on_site, -cap)]), 0)
        st.price(PREFERENCES, on_site, tenths(org.preferences.telework_wish))
    for person in model.people:
        for week in range(model.week.horizon.weeks):
            days = model.board.calendar.days_of_week(week)
            keys = [k for k in model.on_site if k[0] == person and model.half_days[k].day in days]
            tdays = sorted({model.half_days[k].day for k in keys})
            worked = {h.day for k, h in model.half_days.items() if k[0] == person and h.day in days}
            most = max(0, min(3, len(worked) - 2))
            if len(tdays) <= most:
                continue
            day_vars = {}
            for d in tdays:
                day_vars[d] = st.variable(model.name("telework_day", person, d))
                for k in keys:
                    if model.half_days[k].day == d:
                        st.at_most(model.name("tele_day", *k), total(model.posted(k, None), [(day_vars[d], -1)]), 0)
            st.at_most(model.name("telework_days", person, week), {v: 1 for v in day_vars.values()}, most)


def fixed_times(model):
    """Two things with known clock times that overlap are not for one person."""
    st = model.statement
    for key, half_day in model.half_days.items():
        fixed = list(model.fixed_loads(key))
        for site, v in model.reserved[key].reception.items():
            fixed.append(Load(v, 0, None, parts=model.board.opening[site, key[1]]))
        for i, a in enumerate(fixed):
            for b in fixed[i + 1:]:
                if a.variable != b.variable and any(x < q and p < y for x, y in a.parts for p, q in b.parts):
                    if a.in_reception != b.in_reception and (a.minutes == 0 or b.minutes == 0):
                        continue
                    st.at_most(model.name("clash", *key), {a.variable: 1, b.variable: 1}, 1)


def counting(model):
    """How many of the longer things a half-day cut by fixed events can hold."""
    st = model.statement
    for key, half_day in model.half_days.items():
        fixed = list(model.fixed_loads(key))
        if len(half_day.free) == 1 and not fixed:
            continue
        loads = [l for l in model.loads[key] if not l.parts and l.shortest]
        from optimizer.board import minus
        for q in sorted({l.shortest for l in loads}):
            terms = [(l.variable, l.shortest // q) for l in loads if l.shortest >= q]
            whole = sum((b - a) // q for a, b in half_day.free)
            if not fixed:
                st.at_most(model.name("count", q, *key), total(terms), whole)
            for f in fixed:
                left = sum((b - a) // q for a, b in minus(half_day.free, f.parts))
                if left < whole:
                    st.at_most(model.name("count", q, f.variable, *key), total(terms, [(f.variable, whole - left)]), whole)


def day_limits(model):
    st = model.statement
    days = defaultdict(list)
    weeks = defaultdict(list)
    for key, h in model.half_days.items():
        days[key[0], h.day].append(key)
        weeks[key[0], model.board.calendar.week_of(h.day)].append(key)
    for groups, cap in ((days, 600), (weeks, 2880)):
        for who, keys in groups.items():
            if sum(model.half_days[k].minutes for k in keys) > cap:
                st.at_most(model.name("limit", *who), total(*[everything(model, k) for k in keys], *[travel_terms(model, k) for k in keys]), steps(cap))


def lunch(model):
    """A change of post over lunch, and lunch itself, take time beside the midday gap."""
    st = model.statement
    pref = model.week.organisation.preferences
    by_day = defaultdict(dict)
    for key, h in model.half_days.items():
        by_day[key[0], key[1] // 2][key[1] % 2] = key
    for (person, day), halves in by_day.items():
        if len(halves) < 2:
            continue
        am, pm = halves[0], halves[1]
        gap = model.half_days[pm].free[0][0] - model.half_days[am].free[-1][1]
        posts_am = sorted({t.post for t, _ in model.tours[am] if t is not None})
        posts_pm = sorted({t.post for t, _ in model.tours[pm] if t is not None})
        changes = []
        if posts_am and posts_pm and (len(posts_am) > 1 or len(posts_pm) > 1):
            for a in posts_am:
                for b in posts_pm:
                    minutes = model.board.travel(model.board.site_location(a), model.board.site_location(b))
                    if a == b or not minutes:
                        continue
                    v = st.variable(model.name("changes_post", person, day, a, b))
                    st.at_most(model.name("change", person, day, a, b), total(model.posted(am, a), model.posted(pm, b), [(v, -1)]), 1)
                    st.price(PREFERENCES, v, tenths(pref.travel_minute) * minutes)
                    changes.append((v, minutes))
        longest = max([m for _, m in changes], default=0)
        free = steps(model.half_days[am].minutes + model.half_days[pm].minutes)
        used = total(everything(model, am), everything(model, pm), travel_terms(model, am), travel_terms(model, pm))
        if gap < LUNCH_FLOOR + longest:
            extra = [(v, steps(max(0, LUNCH_FLOOR + m - gap))) for v, m in changes]
            base = steps(max(0, LUNCH_FLOOR - gap))
            st.at_most(model.name("lunch_floor", person, day), total(used.items(), extra), free - base)
            # reception lasts the whole half-day: the other one gives the minutes
            most = max([c for _, c in extra], default=0)
            for side, other in ((am, pm), (pm, am)):
                rec = model.reserved[side].reception
                if rec and most:
                    st.at_most(model.name("lunch_duty", *side), total(everything(model, other), travel_terms(model, other), extra, [(v, most) for v in rec.values()]), steps(model.half_days[other].minutes) + most)
            for s1, v1 in model.reserved[am].reception.items():
                for s2, v2 in model.reserved[pm].reception.items():
                    if gap < LUNCH_FLOOR + model.board.travel(model.board.site_location(s1), model.board.site_location(s2)):
                        st.at_most(model.name("duty_clash", person, day), {v1: 1, v2: 1}, 1)
        want = model.board.lunch
        if gap < want + longest:
            if len({h for h in (am, pm)}) and gap < want:
                short = st.variable(model.name("short_lunch", person, day), upper=steps(want))
            else:
                short = st.variable(model.name("short_lunch", person, day), upper=steps(longest + want))
            # an empty half-day takes no lunch: the row binds only when both are full
            st.at_most(
                model.name("lunch", person, day),
                total(used.items(), [(v, steps(m)) for v, m in changes], [(short, -1)]),
                free + steps(gap - want),
            )
            st.price(PREFERENCES, short, tenths(pref.short_lunch_minute) * GRID_MINUTES)
            model.short_lunch[person, day] = short


# ---------------------------------------------------------------- missions
def price_of(model: BucketModel, bundle: Bundle, done: date) -> int:
    """Tenths for one mission of the bundle done on a day."""
    return late_price(model, bundle.kind, bundle.first, done)


def late_price(model, kind, mission, done):
    w = model.week.organisation.commitments
    late = model.board.calendar.working_days_between(mission.due, done)
    if kind.request:
        if kind.code == "URGENCE" or mission.urgency is Urgency.URGENT:
            return tenths(w.urgency_late_day) * late
        day = tenths(w.priority_request_late_day if mission.urgency is Urgency.PRIORITY else w.ordinary_request_late_day)
        return late * day + day * w.request_growth_percent * (late * (late - 1) // 2) // 100
    if kind.legal_deadline:
        return tenths(w.legal_late_day) * late
    return 0 if not late else tenths(w.late) + (late - 1) * tenths(w.late_day)


def unplaced_price(model, kind, mission, done):
    late = model.board.calendar.working_days_between(mission.due, done)
    if late:
        return late_price(model, kind, mission, done)
    return tenths(model.week.organisation.commitments.waiting_day) * model.board.calendar.working_days_between(mission.release, done)


def placing(model: BucketModel) -> None:
    st = model.statement
    after = model.board.calendar.first_day_after
    for bundle in model.bundles:
        b = bundle.index
        taken = model.take[b]
        left = [(model.unplaced[b], 1)] if b in model.unplaced else []
        left += [(v, 1) for v in model.queued.get(b, {}).values()]
        if bundle.kind.splittable:
            _parts(model, bundle)
        elif bundle.people == 1:
            st.equal(model.name("placed", bundle.name), total([(v, 1) for v in taken.values()], left), bundle.count)
        else:
            held = model.held[b]
            st.equal(model.name("placed", bundle.name), total([(v, 1) for v in held.values()], left), 1)
            for slot, hv in held.items():
                for profession, n in model.board.places_to_fill(bundle.first):
                    who = [v for (p, s), v in taken.items() if s == slot and (profession is None or model.people[p].profession is profession)]
                    st.equal(model.name("pair", bundle.name, slot, profession), total([(v, 1) for v in who], [(hv, -n)]), 0)
                if bundle.kind.ip:
                    by_prof = defaultdict(list)
                    for (p, s), v in taken.items():
                        if s == slot:
                            by_prof[model.people[p].profession].append(v)
                    for prof, vs in by_prof.items():
                        st.at_most(model.name("two_professions", bundle.name, slot, prof), total([(v, 1) for v in vs], [(hv, -1)]), 0)
        if b in model.unplaced:
            st.price(COMMITMENTS, model.unplaced[b], unplaced_price(model, bundle.kind, bundle.first, after))
        if not bundle.kind.splittable:
            src = {(None, s): v for s, v in model.held[b].items()} if bundle.people > 1 else taken
            for (_, slot), v in src.items():
                st.price(COMMITMENTS, v, price_of(model, bundle, model.board.day_of(slot)))


def _parts(model, bundle):
    st = model.statement
    b = bundle.index
    people = sorted({p for p, _ in model.take[b]})
    duration = steps(bundle.first.duration_minutes)
    st.equal(model.name("placed", bundle.name), total([(model.does[b, p], 1) for p in people], [(model.unplaced[b], 1)]), 1)
    for p in people:
        keys = [k for k in model.take[b] if k[0] == p]
        st.equal(model.name("parts", bundle.name, p), total([(model.part_minutes[b][k], 1) for k in keys], [(model.does[b, p], -duration)]), 0)
        for k in keys:
            st.at_most(model.name("part_by", bundle.name, *k), {model.take[b][k]: 1, model.does[b, p]: -1}, 0)
    # the last part decides the day
    after = model.board.calendar.first_day_after
    late_slots = sorted({s for _, s in model.take[b] if model.board.day_of(s) > bundle.first.due})
    before = 0
    for day in sorted({model.board.day_of(s) for s in late_slots}):
        z = st.variable(model.name("late_on", bundle.name, day))
        for p in people:
            for k in model.take[b]:
                if k[0] == p and model.board.day_of(k[1]) >= day:
                    st.at_most(model.name("late_part", bundle.name, day, *k), {model.take[b][k]: 1, z: -1}, 0)
        price = price_of(model, bundle, day)
        st.price(COMMITMENTS, z, price - before)
        before = price


def evaluations(model):
    st = model.statement
    cases = defaultdict(list)
    for bundle in model.bundles:
        if bundle.kind.ip and bundle.first.case_id:
            cases[bundle.first.case_id].append(bundle)
    w = model.week.organisation.commitments
    after = model.board.calendar.first_day_after
    for case, acts in cases.items():
        people = sorted({p for a in acts for p, _ in model.take[a.index]})
        team = {p: st.variable(model.name("evaluates", case, p)) for p in people}
        st.at_most(model.name("one_pair", case), {v: 1 for v in team.values()}, 2)
        for prof in sorted({model.people[p].profession for p in people}):
            st.at_most(model.name("two_professions", case, prof), {team[p]: 1 for p in people if model.people[p].profession is prof}, 1)
        for act in acts:
            for p in people:
                mine = [v for k, v in model.take[act.index].items() if k[0] == p]
                if act.kind.splittable:
                    if (act.index, p) in model.does:
                        st.at_most(model.name("by_the_pair", act.name, p), {model.does[act.index, p]: 1, team[p]: -1}, 0)
                elif mine:
                    st.at_most(model.name("by_the_pair", act.name, p), total([(v, 1) for v in mine], [(team[p], -1)]), 0)
        meetings = [a for a in acts if not a.kind.splittable and (a.kind.room is not RoomKind.NONE)]
        concs = [a for a in acts if not a.kind.splittable and a.kind.room is RoomKind.NONE]
        reports = [a for a in acts if a.kind.splittable]
        for c in concs:
            for m in meetings:
                precede(model, m, c)
        for r in reports:
            for c in concs:
                precede(model, c, r)
            for m in meetings:
                if not concs:
                    precede(model, m, r)
        homes = [a for a in acts if a.location is not None and a.location.is_home]
        if homes and any(a.first.due < after for a in homes):
            v = st.variable(model.name("no_home_meeting", case))
            st.at_least(model.name("home_meeting", case), total([(v, 1)], *[[(model.unplaced[a.index], -1)] for a in homes]), 1 - len(homes))
            st.price(COMMITMENTS, v, tenths(w.home_meeting_missing))


def placed_by(model, bundle, slot):
    src = [(s, v) for s, v in model.held.get(bundle.index, {}).items()] if bundle.people > 1 else [(k[1], v) for k, v in model.take[bundle.index].items()]
    return [(v, 1) for s, v in src if s <= slot]


def precede(model, before, after):
    st = model.statement
    if not after.kind.splittable:
        slots = sorted({s for _, s in model.take[after.index]})
        for slot in slots:
            now = placed_by(model, after, slot)
            st.at_most(model.name("order", before.name, after.name, slot), total(now, [(v, -1) for v, _ in placed_by(model, before, slot)]), 0)
        return
    for p in sorted({p for p, _ in model.take[after.index]}):
        for k, v in model.take[after.index].items():
            if k[0] == p:
                st.at_most(model.name("order", before.name, after.name, *k), total([(v, 1)], [(u, -1) for u, _ in placed_by(model, before, k[1])]), 0)


def rooms(model):
    st = model.statement
    use = defaultdict(list)
    for bundle in model.bundles:
        site = bundle.location.site_id if bundle.location else None
        if site is None or bundle.kind.room is RoomKind.NONE:
            continue
        src = {(None, s): v for s, v in model.held[bundle.index].items()} if bundle.people > 1 else model.take[bundle.index]
        for (_, slot), v in src.items():
            use[site, bundle.kind.room, slot].append((v, bundle.first.duration_minutes))
    for action in model.week.actions:
        if action.id in model.action_held and action.site_id and model.week.types[action.type].room is RoomKind.GROUP:
            for slot, v in model.action_held[action.id].items():
                use[action.site_id, RoomKind.GROUP, slot].append((v, action.duration_minutes))
    for (site, kind, slot), users in use.items():
        n = len(model.board.rooms(site, kind))
        opening = model.board.opening.get((site, slot), ())
        length = sum(b - a for a, b in opening)
        st.at_most(model.name("rooms", site, slot), total([(v, steps(d)) for v, d in users]), n * steps(length))
        for q in (45, 60):
            st.at_most(model.name("rooms_count", q, site, slot), total([(v, d // q) for v, d in users]), n * sum((b - a) // q for a, b in opening))


def actions(model):
    st = model.statement
    after = model.board.calendar.first_day_after
    for action in model.week.actions:
        if action.id not in model.lead:
            continue
        kind = model.week.types[action.type]
        held = model.action_held[action.id]
        un = st.variable(model.name("action_unplaced", action.id))
        model.action_unplaced[action.id] = un
        st.equal(model.name("action", action.id), total([(v, 1) for v in held.values()], [(un, 1)]), 1)
        for slot, hv in held.items():
            for prof in sorted(set(action.leaders)):
                n = action.leaders.count(prof)
                st.equal(model.name("leaders", action.id, slot, prof), total([(v, 1) for (p, s, f), v in model.lead[action.id].items() if s == slot and f is prof], [(hv, -n)]), 0)
            st.price(COMMITMENTS, hv, late_price(model, kind, action, model.board.day_of(slot)))
        st.price(COMMITMENTS, un, unplaced_price(model, kind, action, after))
    # preparation before
    acts = [a for a in model.week.actions if a.preparation_minutes and a.id in model.lead]
    for person in model.people:
        keys = [k for k in model.keys_of(person) if model.reserved[k].preparation is not None]
        slots = sorted({s for a in acts for (p, s, _) in model.lead[a.id] if p == person})
        for slot in slots:
            need = [(v, steps(a.preparation_minutes)) for a in acts for (p, s, _), v in model.lead[a.id].items() if p == person and s <= slot]
            for a in acts:
                start = fixed_start(a, model.board)
                leads = [(v, 1) for (p, s, _), v in model.lead[a.id].items() if p == person and s == slot]
                if start is None or not leads:
                    continue
                # a dated action: what is prepared in its own half-day comes before its start
                before = sum(max(0, min(y, start) - x) for x, y in model.half_days[person, slot].free)
                earlier = [(v, steps(b.preparation_minutes)) for b in acts for (p, s, _), v in model.lead[b.id].items() if p == person and s < slot]
                own = [(v, steps(a.preparation_minutes)) for v, _ in leads]
                st.at_most(model.name("prepared_before", a.id, person), total(own, earlier, [(model.reserved[k].preparation, -1) for k in keys if k[1] < slot]), steps(before))
            st.at_most(model.name("prepared", person, slot), total(need, [(model.reserved[k].preparation, -1) for k in keys if k[1] <= slot]), 0)
    series = defaultdict(list)
    for a in model.week.actions:
        if a.series and a.id in model.lead:
            series[a.series].append(a)
    for code, members in series.items():
        if len(members) < 2:
            continue
        people = sorted({p for a in members for (p, _, _) in model.lead[a.id]})
        leads = {p: st.variable(model.name("leads_series", code, p)) for p in people}
        for a in members:
            for p in people:
                mine = [v for (q, _, _), v in model.lead[a.id].items() if q == p]
                if mine:
                    st.at_most(model.name("leads", a.id, p), total([(v, 1) for v in mine], [(leads[p], -1)]), 0)
        most = max(len(a.leaders) for a in members)
        extra = st.variable(model.name("leader_changes", code), upper=len(people))
        # fewer leaders are needed when nothing of the series is held
        st.at_most(model.name("series", code), total([(v, 1) for v in leads.values()], [(extra, -1)]), most)
        st.price(PREFERENCES, extra, tenths(model.week.organisation.preferences.leader_change))


def meetings(model):
    st = model.statement
    w = model.week.organisation.commitments
    pref = model.week.organisation.preferences
    for meeting in model.week.meetings:
        if meeting.id not in model.attend:
            continue
        attend = model.attend[meeting.id]
        helds = model.meeting_held.get(meeting.id, {})
        starts = model.meeting_starts(meeting)
        if helds:
            st.at_most(model.name("meeting_once", meeting.id), {v: 1 for v in helds.values()}, 1)
        for p, by_start in attend.items():
            st.at_most(model.name("attend_once", meeting.id, p), {v: 1 for v in by_start.values()}, 1)
            for start, v in by_start.items():
                if helds:
                    st.at_most(model.name("attend_held", meeting.id, p, start), {v: 1, helds[start]: -1}, 0)
        if meeting.seats is not None:
            _session(model, meeting, attend, helds)
            continue
        for p in (x.id for x in model.board.members(meeting) if x.id in model.people):
            by_start = attend.get(p, {})
            if not helds:
                if not by_start:
                    continue
                start, v = next(iter(by_start.items()))
                a = st.variable(model.name("absent", meeting.id, p))
                on_duty = [(model.reserved[k].reception[s], 1) for k, parts in model.keys_holding(p, model.board.parts(start, meeting.duration_minutes)).items() for s in model.reserved[k].reception if any(x < q and pp < y for x, y in model.board.opening[s, k[1]] for pp, q in parts)]
                st.at_least(model.name("attendance", meeting.id, p), total([(v, 1), (a, 1)], on_duty), 1)
                st.price(COMMITMENTS, a, tenths(w.meeting_absent))
            else:
                a = st.variable(model.name("absent", meeting.id, p))
                st.at_least(model.name("attendance", meeting.id, p), total([(v, 1) for v in by_start.values()], [(a, 1)], [(hv, 1) for s, hv in helds.items() if s not in by_start]), 1)
                st.price(COMMITMENTS, a, tenths(w.meeting_absent))


def _session(model, meeting, attend, helds):
    st = model.statement
    w = model.week.organisation.commitments
    target = model.week.organisation.isic_days_per_year
    everyone = [(v, 1) for by in attend.values() for v in by.values()]
    st.at_most(model.name("seats", meeting.id), total(everyone), meeting.seats)
    under = [p for p in attend if model.people[p].isic_days_done < target]
    wasted = st.variable(model.name("wasted_seats", meeting.id), upper=meeting.seats)
    # wasted >= min(seats - under attending, under-target people not attending)
    attending_under = [(v, 1) for p in under for v in attend[p].values()]
    # for a fixed session: who leads a dated action then is passed over
    passed = []
    if not helds:
        start = model.meeting_starts(meeting)[0]
        parts = model.board.parts(start, meeting.duration_minutes)
        for p in under:
            leads = []
            for action in model.week.actions:
                if action.fixed_start is None or action.id not in model.lead:
                    continue
                s = model.board.calendar.minute(action.fixed_start)
                aparts = model.board.parts(s, action.duration_minutes)
                if any(x < q and pp < y for x, y in aparts for pp, q in parts):
                    leads += [(v, 1) for (who, _, _), v in model.lead[action.id].items() if who == p]
            passed += leads
    big = len(under) + meeting.seats
    pick = st.variable(model.name("few_seats", meeting.id))
    # either wasted >= seats - attending_under, or wasted >= |under| - passed - attending_under
    st.at_least(model.name("waste_seats", meeting.id), total([(wasted, 1), (pick, big)], attending_under), meeting.seats)
    st.at_least(model.name("waste_people", meeting.id), total([(wasted, 1), (pick, -big)], attending_under, passed), len(under) - big)
    if len(under) >= meeting.seats + 4:
        pass
    st.price(COMMITMENTS, wasted, tenths(w.training_seat))
    for p, by in attend.items():
        for v in by.values():
            st.price(PREFERENCES, v, tenths(model.week.organisation.preferences.training_day_done) * model.people[p].isic_days_done)


def reception(model):
    st = model.statement
    w = model.week.organisation.commitments
    if not model.serves(ServiceKind.SECTEUR):
        return
    for slot, sites in model.cover.items():
        for site, (people, hours) in sites.items():
            duty = [(r.reception[site], 1) for k, r in model.reserved.items() if k[1] == slot and site in r.reception]
            urg = [(r.urgency[site], 1) for k, r in model.reserved.items() if k[1] == slot and site in r.urgency]
            if people:
                miss = st.variable(model.name("uncovered", site, slot), upper=people)
                st.equal(model.name("cover", site, slot), total(duty, [(miss, 1)]), people)
                st.price(COMMITMENTS, miss, tenths(w.reception_missing))
            if hours:
                miss = st.variable(model.name("urgency_missing", site, slot), upper=hours)
                st.equal(model.name("urgency_cover", site, slot), total(urg, [(miss, 1)]), hours)
                st.price(COMMITMENTS, miss, tenths(w.urgency_hour_missing))
    for key, r in model.reserved.items():
        if not r.reception:
            continue
        cap = steps(model.half_days[key].minutes)
        st.at_most(model.name("one_duty", *key), {v: 1 for v in (*r.reception.values(), *r.urgency.values())}, 1)
        terms = []
        for site, v in r.reception.items():
            opening = steps(sum(b - a for a, b in model.board.opening[site, key[1]]))
            terms.append((v, opening))
        st.at_most(model.name("duty_only", *key), total(everything(model, key, in_reception=False), terms), cap)


def quotas(model):
    st = model.statement
    org = model.week.organisation
    w = org.commitments
    for p in model.sector_people:
        for week in range(model.week.horizon.weeks):
            days = set(model.board.calendar.days_of_week(week))
            keys = [k for k in model.keys_of(p.id) if model.half_days[k].day in days]
            paid = model.board.paid_minutes(p, week)
            for share, what, minute in ((org.collective_share_percent, "collective", w.collective_minute_missing), (org.writing_share_percent, "writing", w.writing_minute_missing)):
                quota = steps(paid * share // 100)
                if not quota:
                    continue
                terms = []
                for k in keys:
                    r = model.reserved[k]
                    if what == "writing":
                        terms += [(r.writing, 1)] if r.writing is not None else []
                        terms += [(model.part_minutes[b.index][k], 1) for b in model.bundles if b.kind.code == "ECRITS" and k in model.part_minutes.get(b.index, {})]
                    else:
                        terms += [(x, 1) for x in (r.collective, r.preparation) if x is not None]
                        for b in model.bundles:
                            if b.kind.collective and k in model.take[b.index]:
                                terms.append((model.take[b.index][k], steps(b.first.duration_minutes)))
                        for a in model.week.actions:
                            if model.week.types[a.type].collective:
                                terms += [(v, steps(a.duration_minutes)) for (q, s, _), v in model.lead.get(a.id, {}).items() if (q, s) == k]
                miss = st.variable(model.name(f"{what}_missing", p.id, week), upper=quota)
                st.at_least(model.name(f"{what}_quota", p.id, week), total(terms, [(miss, 1)]), quota)
                st.price(COMMITMENTS, miss, tenths(minute) * GRID_MINUTES)
    for key, r in model.reserved.items():
        if r.collective is not None:
            st.at_most(model.name("coll_held", *key), {r.collective: 1, r.collective_held: -steps(model.half_days[key].minutes)}, 0)
            st.at_least(model.name("coll_min", *key), {r.collective: 1, r.collective_held: -steps(COLLECTIVE_FLOOR)}, 0)


def queue(model):
    st = model.statement
    requests = [b for b in model.bundles if b.kind.request]
    if not requests:
        return
    cal = model.board.calendar
    allowed = [p for p in model.doers("ACCUEIL") if ServiceKind.SECTEUR in model.week.kinds_served_by(p) and model.board.stays(p)]
    last = set(cal.days_of_week(model.week.horizon.weeks - 1))
    capacity, used = 0, []
    for p in allowed:
        for k in model.keys_of(p.id):
            if model.half_days[k].day not in last:
                continue
            capacity += steps(model.half_days[k].minutes)
            for load in model.loads[k]:
                if not load.in_reception:
                    used.append((load.variable, steps(load.minutes)))
            r = model.reserved[k]
            used += [(x, 1) for x in (r.writing, r.collective, r.preparation) if x is not None]
            used += [(v, 12) for v in r.urgency.values()]
            for site, v in r.reception.items():
                length = sum(b - a for a, b in model.board.opening[site, k[1]])
                used.append((v, steps(length) // 2))
    longest = max(b.first.duration_minutes for b in requests)
    weeks = 3
    days = []
    for wk in range(model.week.horizon.weeks, model.week.horizon.weeks + weeks):
        days.append(cal.days_of_week(wk))
    flat = [d for ds in days for d in ds]
    overflow = next(cal.working_days_from(cal.first_day.__class__.fromordinal(flat[-1].toordinal() + 1)))
    for b in requests:
        model.queued[b.index] = {}
        for d in (*flat, overflow):
            if d < b.first.release:
                continue
            v = st.variable(model.name("queued", b.name, d), upper=b.count)
            model.queued[b.index][d] = v
            st.price(COMMITMENTS, v, unplaced_price(model, b.kind, b.first, d))
    for wk, ds in enumerate(days):
        n = len(ds)
        for i in range(n):
            terms = [(model.queued[b.index][d], n * steps(b.first.duration_minutes)) for b in requests for d in ds[: i + 1] if d in model.queued[b.index]]
            slack = 0 if i == n - 1 else n * steps(longest)
            st.at_most(model.name("queue", wk, i), total(terms, [(v, (i + 1) * c) for v, c in used]), (i + 1) * capacity + slack)


# ------------------------------------------------------------ preferences
def referents(model):
    st = model.statement
    if not model.serves(ServiceKind.SECTEUR):
        return
    pref = model.week.organisation.preferences
    candidates = [p for p in model.doers("SUIVI") if model.board.stays(p)]
    open_types = defaultdict(list)
    for m in model.week.missions:
        if m.case_id and model.week.types[m.type].owner is ServiceKind.SECTEUR:
            open_types[m.case_id].append(m.type)
    load = {p.id: [] for p in candidates}
    attributed = 0
    for case in model.board.cases_to_attribute():
        able = [p for p in candidates if all(model.week.types[t].may_be_done_by(p.profession) for t in open_types[case.id])]
        if not able:
            continue
        attributed += case.weight
        for p in able:
            v = st.variable(model.name("referent", case.id, p.id))
            model.referent[case.id, p.id] = v
            load[p.id].append((v, case.weight))
            cost = sum(model.week.types[t].aptitude(p.profession) is not Aptitude.CORE for t in open_types[case.id]) * tenths(pref.referent_not_core)
            if case.followers and p.id not in case.followers:
                cost += tenths(pref.referent_not_follower)
            st.price(PREFERENCES, v, cost)
        st.equal(model.name("one_referent", case.id), {model.referent[case.id, p.id]: 1 for p in able}, 1)
    whole = sum(p.dossiers for p in candidates) + attributed
    quotites = sum(p.quotite for p in candidates)
    for p in candidates:
        share = whole * p.quotite
        most, least = 11 * share // (10 * quotites), -(-9 * share // (10 * quotites))
        if not load[p.id]:
            st.constant(PREFERENCES, tenths(pref.caseload_deviation) * max(0, p.dossiers - most, least - p.dossiers))
            continue
        dev = st.variable(model.name("caseload_deviation", p.id), upper=whole)
        st.at_most(model.name("caseload_most", p.id), total(load[p.id], [(dev, -1)]), most - p.dossiers)
        st.at_least(model.name("caseload_least", p.id), total(load[p.id], [(dev, 1)]), least - p.dossiers)
        st.price(PREFERENCES, dev, tenths(pref.caseload_deviation))


def core(model):
    pref = model.week.organisation.preferences
    for bundle in model.bundles:
        b = bundle.index
        if bundle.kind.splittable:
            items = [(p, v) for (i, p), v in model.does.items() if i == b]
        else:
            items = [(k[0], v) for k, v in model.take[b].items()]
        for p, v in items:
            if bundle.kind.aptitude(model.people[p].profession) is Aptitude.POSSIBLE:
                model.statement.price(PREFERENCES, v, tenths(pref.possible_not_core))


def continuity(model):
    st = model.statement
    price = tenths(model.week.organisation.preferences.not_referent)
    for bundle in model.bundles:
        case = model.week.case.get(bundle.first.case_id or "")
        if case is None or bundle.kind.owner is not ServiceKind.SECTEUR or bundle.kind.splittable:
            continue
        b = bundle.index
        new = {p: v for (c, p), v in model.referent.items() if c == case.id}
        old = model.week.professional.get(case.referent_id or "")
        if old is None and not new:
            continue
        taken = model.take[b]
        if bundle.people == 1 and not new:
            for k, v in taken.items():
                if k[0] != case.referent_id:
                    st.price(PREFERENCES, v, price)
            continue
        # kept[p]: the mission is done by p, who is its referent
        placed = list(model.held[b].values()) if bundle.people > 1 else list(taken.values())
        for v in placed:
            st.price(PREFERENCES, v, price)
        kept_all = []
        for p, r in new.items():
            mine = [v for k, v in taken.items() if k[0] == p]
            if not mine:
                continue
            kept = st.variable(model.name("by_new_referent", bundle.name, p), upper=bundle.count)
            st.at_most(model.name("kept_takes", bundle.name, p), total([(kept, 1)], [(v, -1) for v in mine]), 0)
            st.at_most(model.name("kept_referent", bundle.name, p), {kept: 1, r: -bundle.count}, 0)
            st.price(PREFERENCES, kept, -price)
            kept_all.append(kept)
        if old is not None:
            mine = [v for k, v in taken.items() if k[0] == old.id]
            if mine:
                kept = st.variable(model.name("by_referent", bundle.name), upper=bundle.count)
                st.at_most(model.name("kept_takes", bundle.name, old.id), total([(kept, 1)], [(v, -1) for v in mine]), 0)
                st.price(PREFERENCES, kept, -price)
                kept_all.append(kept)
        if len(kept_all) > 1:
            st.at_most(model.name("kept_once", bundle.name), total([(v, 1) for v in kept_all], [(v, -1) for v in placed]), 0)


def balance(model):
    st = model.statement
    pref = model.week.organisation.preferences
    sector = [p for p in model.doers("SUIVI") if ServiceKind.SECTEUR in model.week.kinds_served_by(p)]
    _balance(model, "load", sector, lambda kind: True, tenths(pref.load_minute_deviation))
    homes = [t for t in model.week.types.values() if t.ip and t.place == "home"]
    ev = [p for p in model.people.values() if any(model.board.may_do(p, t.code) for t in homes)]
    _balance(model, "evaluator", ev, lambda kind: kind.ip, tenths(pref.evaluator_minute_deviation))


def _balance(model, what, people, counts, price):
    st = model.statement
    weeks = range(model.week.horizon.weeks)
    share = {p.id: steps(sum(model.board.paid_minutes(p, w) for w in weeks)) for p in people}
    whole = sum(share.values())
    if len(people) < 2 or not whole:
        return
    minutes = {p.id: [] for p in people}
    for bundle in model.bundles:
        if not counts(bundle.kind):
            continue
        source = model.part_minutes[bundle.index] if bundle.kind.splittable else model.take[bundle.index]
        each = 1 if bundle.kind.splittable else steps(bundle.first.duration_minutes)
        for k, v in source.items():
            if k[0] in minutes:
                minutes[k[0]].append((v, each))
    mine = {}
    for p in people:
        mine[p.id] = st.variable(model.name(f"{what}_steps", p.id), upper=sum(model.statement.uppers[v] * c for v, c in minutes[p.id]))
        st.equal(model.name(f"{what}_of", p.id), total(minutes[p.id], [(mine[p.id], -1)]), 0)
    for p in people:
        dev = st.variable(model.name(f"{what}_deviation", p.id), upper=2 * share[p.id] + 2000)
        everyone = [(v, share[p.id]) for v in mine.values()]
        own = mine[p.id]
        st.at_most(model.name(f"{what}_most", p.id), total([(own, 10 * whole)], [(v, -11 * c) for v, c in everyone], [(dev, -10 * whole)]), 0)
        st.at_least(model.name(f"{what}_least", p.id), total([(own, 10 * whole)], [(v, -9 * c) for v, c in everyone], [(dev, 10 * whole)]), 0)
        st.price(PREFERENCES, dev, price * GRID_MINUTES)


def comes_to_a_site(bundle):
    """Whether a household comes to a site for a mission."""
    return bool(bundle.first.case_id and bundle.location and bundle.location.site_id and bundle.kind.room is not RoomKind.NONE)


def trips(model):
    """One step a household, site and day."""
    st = model.statement
    price = tenths(model.week.organisation.preferences.step)
    visits = defaultdict(list)
    for bundle in model.bundles:
        if comes_to_a_site(bundle):
            visits[bundle.first.case_id, bundle.location.site_id].append(bundle)
    shared = {key for key, bs in visits.items() if len(bs) > 1}
    for bundle in model.bundles:
        if not comes_to_a_site(bundle):
            continue
        if (bundle.first.case_id, bundle.location.site_id) in shared:
            continue
        source = model.held[bundle.index].values() if bundle.people > 1 else model.take[bundle.index].values()
        for v in source:
            st.price(PREFERENCES, v, price)
    for (case, site), bs in visits.items():
        if len(bs) < 2:
            continue
        days = defaultdict(list)
        for b in bs:
            src = {(None, s): v for s, v in model.held[b.index].items()} if b.people > 1 else model.take[b.index]
            by_day = defaultdict(list)
            for (_, s), v in src.items():
                by_day[s // 2].append(v)
            for d, vs in by_day.items():
                days[d].append((b, vs))
        for d, entries in days.items():
            v = st.variable(model.name("trip", case, site, d))
            st.price(PREFERENCES, v, price)
            for b, vs in entries:
                st.at_most(model.name("trip_of", b.name, d), total([(x, 1) for x in vs], [(v, -b.count)]), 0)


def travel_price(model):
    st = model.statement
    pref = model.week.organisation.preferences
    minute = tenths(pref.travel_minute)
    for key, tours in model.tours.items():
        own = model.people[key[0]].site_id
        for tour, v in tours:
            if tour is None:
                continue
            cost = minute * tour.fixed_minutes
            if tour.post != own:
                cost += tenths(pref.posted_elsewhere)
            st.price(PREFERENCES, v, cost)
        for load in model.loads[key]:
            if hop(load):
                st.price(PREFERENCES, load.variable, minute * WITHIN_ZONE)


def pins(model):
    pass


FIRST = [queue, one_tour, time_of_half_day, travel, telework, fixed_times, counting, day_limits, lunch, placing, evaluations, rooms,
       actions, meetings, reception, quotas]
SECOND = [referents, core, continuity, balance, trips, travel_price]
