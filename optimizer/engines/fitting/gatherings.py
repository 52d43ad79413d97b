"""Meetings, sessions, reception and urgency hours: what has its time, or is wanted at a time."""

from collections import Counter

from optimizer.engines.fitting.filling import Filling
from optimizer.model.time_of_half_days import URGENCY_MINUTES
from optimizer.tasks import Key
from optimizer.week import Meeting, Professional


class Gatherings:
    """Who attends what, and who receives."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.kept: Counter[str] = Counter()

    def meetings(self) -> None:
        """Every meeting at the start at which most can be there."""
        filling = self.filling
        for meeting_id, people in filling.model.attend.items():
            meeting = filling.week.meeting[meeting_id]
            starts = Counter(start for mine in people.values() for start in mine)
            if not starts:
                continue
            start = max(starts, key=lambda start: (starts[start], -start))
            able = [filling.week.professional[who] for who, mine in people.items() if start in mine]
            seats = len(able) if meeting.seats is None else meeting.seats
            for person in self._first_of_all(meeting, able):
                if seats and self._attend(meeting, start, person.id):
                    seats -= 1

    def _first_of_all(self, meeting: Meeting, able: list[Professional]) -> list[Professional]:
        """Everybody; for the seats of a session, those who lack days of training, who had fewest first."""
        if meeting.seats is None:
            return able
        target = self.filling.week.organisation.isic_days_per_year
        lacking = (person for person in able if person.isic_days_done < target)
        return sorted(lacking, key=lambda person: person.isic_days_done)

    def _attend(self, meeting: Meeting, start: int, person: str) -> bool:
        """Let someone attend a meeting, unless they are at another."""
        filling = self.filling
        keys = filling.model.keys_holding(person, filling.board.parts(start, meeting.duration_minutes)) or {}
        if any(filling.meets(key, held) for key, held in keys.items()):
            return False
        filling.found.attendance[meeting.id, start].append(person)
        place = filling.board.site_location(meeting.site_id) if meeting.site_id else None
        for key, held in keys.items():
            filling.rooms.cut(key, held, place)
            if filling.week.types[meeting.type].collective:
                filling.count(key, sum(end - begin for begin, end in held))
        return True

    def duties(self) -> None:
        """Reception, by who has kept fewest of those who need not change their post."""
        filling = self.filling
        for slot, sites in sorted(filling.model.cover.items()):
            for site, (wanted, _) in sites.items():
                duty = filling.board.duty_hours[site, slot]
                keys = [key for key in filling.model.keys_at(slot) if self._may_receive(key, site)]
                keys.sort(key=lambda key: (filling.rooms.change(key, site), self.kept[key[0]], key))
                for key in keys[:wanted]:
                    self._come(key, site)
                    filling.rooms.half_days[key].receives(duty, site)
                    self.kept[key[0]] += 1

    def urgencies(self) -> None:
        """Urgency hours, by who has kept fewest."""
        filling = self.filling
        for slot, sites in sorted(filling.model.cover.items()):
            for site, (_, wanted) in sites.items():
                keys = [k for k in filling.model.keys_at(slot) if site in filling.model.reserved[k].urgency]
                for key in sorted(keys, key=lambda key: (self.kept[key[0]], key)):
                    if wanted and self._keep_urgency(key, site):
                        wanted -= 1

    def _keep_urgency(self, key: Key, site: str) -> bool:
        """Let someone keep an urgency hour where they are posted, if they have it."""
        filling, room = self.filling, self.filling.rooms.half_days[key]
        if room.reception:
            return False
        place, hours = filling.board.site_location(site), filling.board.opening[site, key[1]]
        fit = filling.rooms.fit(key, URGENCY_MINUTES, place, hours)
        if fit is None or fit.post != site:
            return False
        filling.rooms.put(key, fit, place)
        room.urgency = site
        self.kept[key[0]] += 1
        return True

    def _may_receive(self, key: Key, site: str) -> bool:
        """Whether someone may be on duty at a site: free, with the time to come from the other half-day."""
        rooms = self.filling.rooms
        if site not in self.filling.model.reserved[key].reception:
            return False
        if rooms.half_days[key].post not in (None, site):
            return False
        if self.filling.meets(key, [self.filling.board.duty_hours[site, key[1]]]):
            return False
        change, edge = rooms.change(key, site), rooms.edge((key[0], key[1] ^ 1))
        return not change or (edge is not None and edge.left >= change)

    def _come(self, key: Key, site: str) -> None:
        """Take the time to come to a duty from the other half of the day."""
        if change := self.filling.rooms.change(key, site):
            edge = self.filling.rooms.edge((key[0], key[1] ^ 1))
            if edge is not None:
                edge.left -= change
