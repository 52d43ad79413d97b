"""Between two days there are at least eleven hours of rest (repos quotidien)."""

from tests.builders import a_mission, a_plan, a_row, a_week, amounts


def nights(evening: str, morning: str) -> list[int]:
    week = a_week([a_mission("M1", "PARTENARIAT", minutes=60), a_mission("M2", "PARTENARIAT", minutes=60)])
    rows = [
        a_row("M1", "AS01", evening, 60, place="outside"),
        a_row("M2", "AS01", morning, 60, place="outside"),
    ]
    return amounts(week, a_plan(*rows), "W4")


def test_eleven_hours_are_enough() -> None:
    assert nights("monday 19:00", "tuesday 07:00") == []  # 20:00 to 07:00


def test_five_minutes_less_are_not() -> None:
    assert nights("monday 19:05", "tuesday 07:00") == [5]


def test_a_day_between_is_long_enough() -> None:
    assert nights("monday 22:00", "wednesday 01:00") == []
