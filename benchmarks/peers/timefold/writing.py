"""The parts of a week as the JSON that `java/peer/Reader.java` reads: everything by number, from 0."""

import json
from collections.abc import Iterable

from benchmarks.peers.timefold.items import Item, Option, Part
from optimizer.board import Location
from optimizer.clock import floor_to_grid
from optimizer.organisation import CommitmentWeights, tenths
from optimizer.words import RoomKind

Whole = dict[str, object]
SHORTEST_QUEUE_DAY = 60
ROOM_PERCENT = 90
"""What may be used of rooms: interviews one after the other leave gaps. Chosen on `departement-1-typical`."""


def as_json(parts: Iterable[Part]) -> str:
    """The parts, one after the other."""
    return json.dumps([Numbers(part).part() for part in parts], separators=(",", ":"))


class Numbers:
    """Numbers for what one part speaks of."""

    def __init__(self, whole: Part) -> None:
        self.of, self.board = whole, whole.board
        people = whole.week.professionals
        self.people = {person.id: number for number, person in enumerate(people)}
        professions = dict.fromkeys(person.profession for person in people)
        self.professions = {profession: number for number, profession in enumerate(professions)}
        self.cells = {key: number for number, key in enumerate(self.board.half_days)}
        posts = (self.board.site_location(site) for one in people for site in self.board.posts(one))
        located = (item.location for item in whole.items if item.location)
        self.places = {place: n for n, place in enumerate(dict.fromkeys((*posts, *located)))}
        rooms = (option.room for item in whole.items for option in item.options if option.room)
        self.rooms = {room: number for number, room in enumerate(dict.fromkeys(rooms))}
        households = dict.fromkeys(item.household for item in whole.items if item.household)
        self.households = {household: number for number, household in enumerate(households)}
        self.quotas: dict[tuple[str, int], list[int]] = {}
        for person in self.board.sector_people():
            for week in range(whole.week.horizon.weeks):
                self.quotas[person.id, week] = self._quota(self.board.paid_minutes(person, week))
        self.quota_numbers = {who: number for number, who in enumerate(self.quotas)}

    def part(self) -> Whole:
        """Everything about the part."""
        return {
            "cells": [self._cell(*key) for key in self.cells],
            "ways": [[self._way(here, there) for there in self.places] for here in self.places],
            "quotas": list(self.quotas.values()),
            "rooms": [self._room_minutes(*room) for room in self.rooms],
            "queue": [self._queue_day(), tenths(self._weights.ordinary_request_late_day)],
            "items": [self._item(item) for item in self.of.items],
        }

    @property
    def _weights(self) -> CommitmentWeights:
        return self.of.week.organisation.commitments

    def _quota(self, paid: int) -> list[int]:
        organisation = self.of.week.organisation
        shares = organisation.collective_share_percent, organisation.writing_share_percent
        prices = self._weights.collective_minute_missing, self._weights.writing_minute_missing
        return [*(floor_to_grid(paid * share // 100) for share in shares), *map(tenths, prices)]

    def _cell(self, person: str, slot: int) -> Whole:
        who = self.of.week.professional[person]
        week = self.board.calendar.week_of(self.board.day_of(slot))
        return {
            "person": self.people[person],
            "profession": self.professions[who.profession],
            "slot": slot,
            "free": self.board.half_days[person, slot].free,
            "posts": [self.places[self.board.site_location(site)] for site in self.board.posts(who)],
            "quota": self.quota_numbers.get((person, week), -1),
        }

    def _way(self, here: Location, there: Location) -> int:
        return 0 if here == there else self.board.travel(here, there)

    def _room_minutes(self, site: str, kind: RoomKind, slot: int) -> int:
        hours = self.board.opening.get((site, slot), ())
        minutes = len(self.board.rooms(site, kind)) * sum(end - begin for begin, end in hours)
        return minutes * ROOM_PERCENT // 100

    def _queue_day(self) -> int:
        """About how many minutes of requests a later day takes: time left by quotas and all else."""
        able = {p.id for p in self.of.week.professionals if self.board.may_do(p, "ACCUEIL")}
        free = sum(half.minutes for (person, _), half in self.board.half_days.items() if person in able)
        kept = sum(q[0] + q[1] for (person, _), q in self.quotas.items() if person in able)
        others = sum(item.minutes for item in self.of.items if "request" not in item.flags)
        return max(SHORTEST_QUEUE_DAY, (free - kept - others) // max(1, len(self.board.calendar.days)))

    def _item(self, item: Item) -> Whole:
        return {
            "minutes": item.minutes,
            "unplaced": item.unplaced,
            "household": self.households.get(item.household or "", -1),
            "rank": -1 if item.rank is None else item.rank,
            "queued": int("request" in item.flags),
            "inside": int("request" in item.flags),
            "duty": int(item.of == "duty"),
            "collective": int("collective" in item.flags),
            "place": self.places[item.location] if item.location else -1,
            "options": [self._option(option) for option in item.options],
        }

    def _option(self, option: Option) -> list[int]:
        room = self.rooms[option.room] if option.room else -1
        row = [option.commitments, option.preferences, room]
        for load in option.loads:
            end = -1 if load.start < 0 else load.start + load.minutes
            row += [self.cells[load.key], load.minutes, load.start, end]
        return row
