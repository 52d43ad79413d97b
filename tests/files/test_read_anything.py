"""Whatever the bytes, a week is read or refused with sentences: nothing else is ever raised."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from week_folders import SMALL, folder

from optimizer.errors import UnusableInput
from optimizer.files import cells
from optimizer.files.agenda import agenda_of, spans_of
from optimizer.files.french_organisation import PARAMETERS
from optimizer.files.french_tables import SHAPES
from optimizer.files.json_week import week_of_json
from optimizer.files.raw import text_of
from optimizer.files.reading import read_week
from optimizer.files.workbook import repacked
from optimizer.week import Week

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pieces = st.sampled_from(
    [
        "",
        "0",
        "1",
        "-1",
        "2",
        "0,8",
        "80 %",
        "1e9",
        "9" * 30,
        "31/02/2027",
        "11/01/2027",
        "01/01/0001",
        "08:30",
        "08:30-12:30",
        "25:61-8",
        "A|B",
        "|",
        "+",
        "AS+CESF",
        "domicile:",
        "domicile:Z1",
        "SECTEUR:4",
        "AS1",
        "MDS",
        "NaN",
        "inf",
        "²",
        "٣",
        "\x00",
        "\ud7ff",
        '"',
        ";",
        "é",
        "assistant socio-éducatif",
        "SUIVI",
        "12/01/2027 09:00",
    ]
)
cell_texts = pieces | st.text(max_size=12) | st.builds(" ".join, st.lists(pieces, max_size=3))
CONVERTERS = {column.convert for shape in SHAPES.values() for column in shape.columns} | {
    parameter.convert for parameter in PARAMETERS.values()
}


def refused_or_read(path: Path) -> None:
    try:
        read_week(path)
    except UnusableInput as refusal:
        assert refusal.problems
        str(refusal).encode()


@given(cell_texts.map(str.strip).filter(bool))
def test_a_cell_is_converted_or_refused(text: str) -> None:
    for convert in CONVERTERS:
        try:
            convert(text)
        except cells.WrongValue as error:
            assert error.found and error.expected


@quick
@given(st.data())
def test_any_cell_of_any_table_may_be_spoiled(tmp_path: Path, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(sorted(SMALL)))
    lines = [line.split(";") for line in SMALL[table].splitlines()]
    for _ in range(data.draw(st.integers(1, 3))):
        line = data.draw(st.sampled_from(lines))
        line[data.draw(st.integers(0, len(line) - 1))] = data.draw(cell_texts)
    text = "\n".join(";".join(line) for line in lines)
    folder(tmp_path)
    (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8", errors="replace")
    refused_or_read(tmp_path)


@quick
@given(st.sampled_from(sorted(SMALL)), st.binary(max_size=80))
def test_any_bytes_may_stand_for_a_table(tmp_path: Path, table: str, content: bytes) -> None:
    (folder(tmp_path) / f"{table}.csv").write_bytes(content)
    refused_or_read(tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_may_stand_for_text(content: bytes) -> None:
    with suppress(UnusableInput):
        text_of(content, "x.csv")


@given(st.binary(max_size=200))
def test_no_random_bytes_are_a_week(content: bytes) -> None:
    with pytest.raises(UnusableInput):
        week_of_json(content, "x.json")
    with pytest.raises(UnusableInput):
        repacked(content, "x.xlsx")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(Week.model_fields)), inner, max_size=4)
    ),
    max_leaves=8,
)


@quick
@given(st.dictionaries(st.sampled_from(sorted(Week.model_fields)), json_values))
def test_any_json_object_is_read_or_refused(raw: dict[str, object]) -> None:
    with pytest.raises(UnusableInput) as refusal:
        week_of_json(json.dumps(raw).encode(), "x.json")
    str(refusal.value).encode()


@quick
@given(st.data())
def test_any_field_of_a_json_week_may_be_spoiled(tmp_path: Path, data: st.DataObject) -> None:
    raw = json.loads(read_week(folder(tmp_path)).week.model_dump_json())
    target: object = raw
    while isinstance(target, (dict, list)) and target:
        keys = sorted(target) if isinstance(target, dict) else list(range(len(target)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(target[key], (dict, list)) or not target[key] or data.draw(st.booleans()):
            target[key] = data.draw(json_values)
            break
        target = target[key]
    try:
        week_of_json(json.dumps(raw).encode(), "x.json")
    except UnusableInput as refusal:
        str(refusal).encode()


calendar_lines = st.sampled_from(
    [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "UID:1",
        "DTSTART:20270112T090000",
        "DTSTART;TZID=Europe/Paris:20270112T090000",
        "DTSTART;VALUE=DATE:20270112",
        "DTSTART:x",
        "DTEND:20270112T100000Z",
        "DTEND;VALUE=DATE:20270113",
        "DURATION:PT1H",
        "DURATION:-PT1H",
        "RRULE:FREQ=WEEKLY",
        "RRULE:FREQ=DAILY;COUNT=3",
        "RRULE:FREQ=YEARLY;INTERVAL=999",
        "RRULE:X",
        "EXDATE:20270119T090000",
        "EXDATE;VALUE=DATE:20270119",
        "RDATE:20270120T090000Z",
        "RDATE;VALUE=PERIOD:20270119T110000Z/PT1H",
        "RECURRENCE-ID:20270119T090000",
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "RRULE:FREQ=DAILY;UNTIL=00010101T000000Z",
        "BEGIN:VTIMEZONE",
        "TZID:Lune",
        "END:VTIMEZONE",
        "DTSTART;TZID=Lune:20270112T090000",
        "DTSTART:99991231T235959Z",
    ]
) | st.text(max_size=20)


@settings(max_examples=200, deadline=None)
@given(st.lists(calendar_lines, max_size=10))
def test_any_calendar_is_read_or_refused(lines: list[str]) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    try:
        agenda = agenda_of(text, "x.ics")
        spans_of(agenda, "x.ics", (date(2027, 1, 11), 2))
    except UnusableInput as refusal:
        str(refusal).encode()
