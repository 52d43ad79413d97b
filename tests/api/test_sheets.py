"""Plans written once for their readers: what is kept, and what gives way."""

from api.sheets import Sheets


def test_what_nobody_read_for_longest_gives_way() -> None:
    sheets = Sheets(most_bytes=10)
    sheets.keep(("a", "json", None), b"1234")
    sheets.keep(("b", "json", None), b"1234")
    assert sheets.find(("a", "json", None)) == b"1234"
    sheets.keep(("c", "json", None), b"1234")
    assert [sheets.find((name, "json", None)) for name in "abc"] == [b"1234", None, b"1234"]


def test_a_sheet_is_for_whom_it_was_written() -> None:
    sheets = Sheets()
    sheets.keep(("a", "json", None), b"whole")
    assert sheets.find(("a", "json", "AS01")) is None
    assert sheets.find(("a", "html", None)) is None


def test_a_sheet_that_is_too_large_or_replaced_takes_no_room() -> None:
    sheets = Sheets(most_bytes=10)
    sheets.keep(("a", "json", None), b"12345678901")
    assert sheets.find(("a", "json", None)) is None
    for _ in range(5):
        sheets.keep(("b", "json", None), b"12345")
    sheets.keep(("c", "json", None), b"12345")
    assert sheets.find(("b", "json", None)) == sheets.find(("c", "json", None)) == b"12345"
