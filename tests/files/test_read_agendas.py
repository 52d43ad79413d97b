"""Busy events go to the horizon, on the clock of Paris and the 5-minute grid; titles are dropped."""

from datetime import datetime
from pathlib import Path

import pytest
from week_folders import SMALL, folder, problems_of_reading

from optimizer.files.reading import read_week


def calendar(*events: str) -> str:
    lines = "".join(f"BEGIN:VEVENT\nUID:{n}\n{event}\nEND:VEVENT\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//FR\n{lines}END:VCALENDAR\n"


def agenda(path: Path, text: str | bytes, name: str = "AS1.ics") -> Path:
    """Two weeks, and the agenda of AS1."""
    folder(path, horizon=SMALL["horizon"].replace(";1\n", ";2\n"))
    (path / "agendas").mkdir()
    (path / "agendas" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def spans(path: Path, *events: str) -> list[str]:
    busy = read_week(agenda(path, calendar(*events))).week.busy
    return [f"{span.start:%d %H:%M}-{span.end:%d %H:%M}".replace(f"-{span.start:%d} ", "-") for span in busy]


NINE = "DTSTART;TZID=Europe/Paris:20270112T090000\nDTEND;TZID=Europe/Paris:20270112T100000"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (NINE, ["12 09:00-10:00"]),
        ("DTSTART:20270112T090000\nDURATION:PT1H", ["12 09:00-10:00"]),
        ("DTSTART:20270112T080000Z\nDTEND:20270112T090000Z", ["12 09:00-10:00"]),
        ("DTSTART;TZID=Romance Standard Time:20270112T090000\nDURATION:PT1H", ["12 09:00-10:00"]),
        ("DTSTART;TZID=America/New_York:20270112T030000\nDURATION:PT1H", ["12 09:00-10:00"]),
        ("DTSTART:20270112T090200\nDTEND:20270112T095800", ["12 09:00-10:00"]),
        ("DTSTART;VALUE=DATE:20270112", ["12 00:00-13 00:00"]),
        ("DTSTART;VALUE=DATE:20270112\nDTEND;VALUE=DATE:20270114", ["12 00:00-14 00:00"]),
        (f"{NINE}\nRRULE:FREQ=WEEKLY", ["12 09:00-10:00", "19 09:00-10:00"]),
        (f"{NINE}\nRRULE:FREQ=WEEKLY;COUNT=1", ["12 09:00-10:00"]),
        (f"{NINE}\nRRULE:FREQ=DAILY;UNTIL=20270114T080000Z", [f"{day} 09:00-10:00" for day in (12, 13, 14)]),
        (f"{NINE}\nRRULE:FREQ=DAILY;UNTIL=20270113", ["12 09:00-10:00", "13 09:00-10:00"]),
        (f"{NINE}\nRRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Paris:20270119T090000", ["12 09:00-10:00"]),
        (f"{NINE}\nRRULE:FREQ=WEEKLY\nEXDATE:20270119T080000Z", ["12 09:00-10:00"]),
        (f"{NINE}\nRRULE:FREQ=WEEKLY\nEXDATE;VALUE=DATE:20270119", ["12 09:00-10:00"]),
        (f"{NINE}\nRDATE;TZID=Europe/Paris:20270114T090000", ["12 09:00-10:00", "14 09:00-10:00"]),
        # Every month since 2020 on the second Tuesday: 12 January 2027.
        (NINE.replace("20270112", "20200114") + "\nRRULE:FREQ=MONTHLY;BYDAY=2TU", ["12 09:00-10:00"]),
        # Every week since the summer of 2026: the hour is that of Paris, not of Greenwich.
        (
            "DTSTART;TZID=Europe/Paris:20260714T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY",
            ["12 09:00-10:00", "19 09:00-10:00"],
        ),
        (f"{NINE}\nTRANSP:TRANSPARENT", []),
        (f"{NINE}\nSTATUS:CANCELLED", []),
        ("DTSTART:20270112T090000", []),
        (NINE.replace("20270112", "20270212"), []),
        (f"{NINE}\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_an_event_makes_its_owner_busy(tmp_path: Path, event: str, expected: list[str]) -> None:
    assert spans(tmp_path, event) == expected


def test_a_moved_occurrence_replaces_the_one_it_was(tmp_path: Path) -> None:
    moved = "DTSTART:20270120T110000\nDURATION:PT30M\nRECURRENCE-ID;TZID=Europe/Paris:20270119T090000"
    text = calendar(f"{NINE}\nRRULE:FREQ=WEEKLY", moved).replace("UID:1", "UID:0")
    busy = read_week(agenda(tmp_path, text)).week.busy
    assert [span.start for span in busy] == [datetime(2027, 1, 12, 9), datetime(2027, 1, 20, 11)]


def test_titles_and_places_are_dropped(tmp_path: Path) -> None:
    event = f"{NINE}\nSUMMARY:Mme Durand\nLOCATION:chez elle\nDESCRIPTION:secret"
    assert "Durand" not in repr(read_week(agenda(tmp_path, calendar(event))))


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (f"{NINE}\nRRULE:FREQ=SECONDLY", "SECONDLY"),
        (f"{NINE}\nRRULE:FREQ=MINUTELY", "MINUTELY"),
        (f"{NINE}\nRRULE:FREQ=HOURLY", "HOURLY"),
        (f"{NINE}\nRRULE:FREQ=DAILY;COUNT=5000", "un nombre de 1 à 1000"),
        (f"{NINE}\nRRULE:FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        (f"{NINE}\nRRULE:FREQ=DAILY;BYSECOND=1,2", "BYSECOND"),
        (f"{NINE}\nRRULE:FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,30", "BYHOUR, BYMINUTE"),
        (f"{NINE}\nRRULE:FREQ=SOMETIMES", "illisible"),
        ("DTSTART;TZID=Lune/Mer:20270112T090000", "fuseau inconnu"),
        ("DTSTART:20270231T090000", "illisible"),
        ("DTSTART:18000112T090000", "année 1800"),
        (f"{NINE}\nRDATE:00010101T000000Z", "année 1"),
        ("DTSTART:20270112T090000\nDURATION:P99999999D", "durée"),
        ("DTSTART:20270112T090000\nDTEND:20270112T080000", "une fin après le début"),
        ("SUMMARY:sans date", "sans DTSTART"),
        (f"{NINE}\nRRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY", "une seule règle"),
    ],
)
def test_an_event_that_cannot_be_expanded_is_told(tmp_path: Path, event: str, words: str) -> None:
    told = problems_of_reading(agenda(tmp_path, calendar(event)))
    assert len(told) == 1
    assert told[0].startswith("agendas/AS1.ics, événement") and words in told[0]


@pytest.mark.parametrize(
    "text", ["", "bonjour", "BEGIN:VCALENDAR", b"\x00\x01", "BEGIN:VEVENT\nEND:VCALENDAR\n"]
)
def test_what_is_not_a_calendar_is_refused(tmp_path: Path, text: str | bytes) -> None:
    told = problems_of_reading(agenda(tmp_path, text))
    assert len(told) == 1 and told[0].startswith("agendas/AS1.ics")


def test_a_calendar_without_events_is_fine(tmp_path: Path) -> None:
    assert read_week(agenda(tmp_path, calendar())).week.busy == ()


def test_the_agenda_of_nobody_is_refused(tmp_path: Path) -> None:
    told = problems_of_reading(agenda(tmp_path, calendar(NINE), "AS9.ics"))
    assert any(sentence.startswith("agendas/AS9.ics : agenda d'un inconnu") for sentence in told)


def test_a_thousand_old_recurring_events_are_refused_quickly(tmp_path: Path) -> None:
    event = "DTSTART:19000101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=30"
    assert "récurrents anciens" in problems_of_reading(agenda(tmp_path, calendar(*[event] * 1000)))[0]
