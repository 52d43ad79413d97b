"""A `.dat` file is read whole, or every wrong line is told by its number; `compose` answers on it."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.errors import UnusableInput
from optimizer.files.shifts_file import read_shifts
from optimizer.shifts import Shifts, wrongs

LINES = [
    "# made by hand",
    "Type = 1",
    "Jobs = 3",
    "  0  60",
    " 30  90",
    " 60 120",
    "Qualifications = 2",
    "2: 0 2",
    "3:  0  1  2 ",
]
SHARED = Path(__file__).parents[3] / "shared" / "smptsp" / "smptsp.tar.xz"


def written(folder: Path, lines: list[str]) -> Path:
    path = folder / "taches.dat"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_tasks_and_people_are_read(tmp_path: Path) -> None:
    shifts = read_shifts(written(tmp_path, LINES))
    assert shifts == Shifts(((0, 60), (30, 90), (60, 120)), (frozenset((0, 2)), frozenset((0, 1, 2))))


@pytest.mark.parametrize(
    ("number", "line", "told"),
    [
        (2, "Type = 2", "ligne 2 : Type = 2"),
        (3, "Jobs = 4", "ligne 3 : Jobs = 4, puis 3 ligne(s)"),
        (4, "60 0", "ligne 4 : une tâche de 60 à 0"),
        (5, "30 30", "ligne 5 : une tâche de 30 à 30"),
        (5, "30", "ligne 5 : « 30 »"),
        (5, "trente 90", "ligne 5 : « trente 90 »"),
        (7, "Qualifications = 3", "ligne 7 : Qualifications = 3, puis 2 ligne(s)"),
        (8, "2: 0 3", "ligne 8 : la tâche 3 ; attendu : une tâche de 0 à 2"),
        (8, "2: 0 -1", "ligne 8 : la tâche -1"),
        (8, "0:", "ligne 8 : quelqu'un qui ne peut rien faire"),
        (8, "3: 0 2", "ligne 8 : 3 tâche(s) annoncée(s), 2 nommée(s)"),
        (8, "2: 0 0", "ligne 8 : la tâche 0 deux fois"),
        (8, "0 2", "ligne 8 : « 0 2 »"),
        (8, "40: " + " ".join(map(str, range(40))) + ",", "ligne 8 : « 40: 0 1"),
        (8, "1: " + "1" * 60 + "x", "ligne 8 : « 1: 111"),
        (4, "0 " + "9" * 5_000, "ligne 4 : « 0 999"),
        (4, "0 ٩", "ligne 4 : « 0 ٩ »"),
        (9, "2: 0 2", "ligne 5 : la tâche 1 (30  90), que personne ne peut faire"),
        (1, "Bonjour", "ligne 1 : « Bonjour »"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, number: int, line: str, told: str) -> None:
    lines = [*LINES]
    lines[number - 1] = line
    with pytest.raises(UnusableInput) as caught:
        read_shifts(written(tmp_path, lines))
    assert told in str(caught.value)


def test_a_part_that_is_not_there_is_told(tmp_path: Path) -> None:
    for lines, told in ((LINES[:6], "« Qualifications = … »"), ([], "« Jobs = … »")):
        with pytest.raises(UnusableInput, match=told):
            read_shifts(written(tmp_path, lines))


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "taches.dat"
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(LINES[1:]).encode())
    assert len(read_shifts(path).tasks) == 3


def test_more_pairs_than_memory_holds_are_refused_before_they_are_made(tmp_path: Path) -> None:
    tasks = [f"{start} {start + 10_000}" for start in range(8_000)]
    everything = f"{len(tasks)}: " + " ".join(map(str, range(len(tasks))))
    lines = ["Type = 1", f"Jobs = {len(tasks)}", *tasks, "Qualifications = 1", everything]
    with pytest.raises(UnusableInput, match="8000 tâches et 1 personnes, soit 31996000 couples"):
        read_shifts(written(tmp_path, lines))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.dat", tmp_path):
        with pytest.raises(UnusableInput, match=r"aucun fichier à cet endroit ; attendu : un fichier \.dat"):
            read_shifts(path)


def test_compose_prints_who_does_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compose", str(written(tmp_path, LINES)), "--time-limit", "10"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["staff"], found["lower_bound"]) == ("optimal", 2, 2)
    assert found["assignment"] == {"0": "0", "1": "1", "2": "0"} or found["assignment"]["1"] == "1"
    assignment = {int(task): int(person) for task, person in found["assignment"].items()}
    assert wrongs(read_shifts(tmp_path / "taches.dat"), assignment) == []


def test_compose_writes_a_file_and_says_how_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, output = written(tmp_path, LINES), tmp_path / "equipe.json"
    assert run(["compose", str(path), "-o", str(output)]) == 0
    assert "2 personnes (prouvé)" in capsys.readouterr().out
    assert json.loads(output.read_text())["staff"] == 2


def test_compose_refuses_what_it_cannot_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, LINES[:6])
    for arguments in (
        [str(path)],
        [str(tmp_path / "absent.dat")],
        [str(path), "-o", str(tmp_path / "e.xlsx")],
    ):
        assert run(["compose", *arguments]) == 2
        assert "Traceback" not in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["taches.dat"]
