"""A checkpoint goes to its file whole, and comes back for its own week and version alone."""

from pathlib import Path

import pytest

from optimizer import __version__
from optimizer.child import decomposition, departement
from optimizer.engines.options import Options
from optimizer.errors import UnusableInput
from optimizer.files.checkpoint import Kept, read_checkpoint, write_checkpoint
from optimizer.following import Follower
from optimizer.hashes import hash_of_week
from optimizer.news import Advance, Checkpoint, SavedPart, Setback
from optimizer.plan import Plan, Status
from tests.builders import a_mission, a_week

WEEK = a_week()
PART = SavedPart(plan=Plan(status=Status.FEASIBLE), values={3: 1, 12: 4}, commitments=50)
FOUND = Checkpoint(parts={"SECTEUR-1": PART})


def kept(**changes: str) -> bytes:
    facts = {"product_version": __version__, "week_hash": "week", "checkpoint": FOUND.model_dump()} | changes
    return Kept.model_validate(facts).model_dump_json().encode()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "reprise.json"
    assert read_checkpoint(path, "week") is None
    write_checkpoint(FOUND, "week", path)
    assert read_checkpoint(path, "week") == FOUND


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "ce n'est pas un point de reprise"),
        (b"[1, 2]", "ce n'est pas un point de reprise"),
        (kept(week_hash="other"), "autre semaine"),
        (kept(product_version="0.0.0"), "version 0.0.0"),
    ],
)
def test_another_file_is_refused_by_name(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "reprise.json"
    path.write_bytes(content)
    with pytest.raises(UnusableInput, match=said) as refusal:
        read_checkpoint(path, "week")
    assert str(path) in str(refusal.value)
    assert path.read_bytes() == content


def test_another_week_does_not_go_on_from_it(tmp_path: Path) -> None:
    path = tmp_path / "reprise.json"
    write_checkpoint(FOUND, hash_of_week(WEEK), path)
    other = a_week([a_mission("M1", "SUIVI", "FAM1")])
    with pytest.raises(UnusableInput, match="autre semaine"):
        Follower(path).options(Options(), other, departement)


def test_a_follower_goes_on_and_keeps_what_comes(tmp_path: Path) -> None:
    path = tmp_path / "reprise.json"
    follower = Follower(path)
    options = follower.options(Options(), WEEK, departement)
    assert options.is_saving
    assert options.resume is None
    follower(Advance(done=1, total=2))
    follower(FOUND)
    assert Follower(path).options(Options(), WEEK, departement).resume == FOUND
    follower(Setback(sentence="perdu"))
    assert follower.setbacks == ["perdu"]


def test_a_checkpoint_that_cannot_be_written_is_told_once_and_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    follower = Follower(folder / "reprise.json")
    follower.options(Options(), WEEK, departement)
    folder.rmdir()
    follower(FOUND)
    follower(FOUND)
    assert len(follower.setbacks) == 1
    assert "point de reprise non écrit" in follower.setbacks[0]


def test_the_engine_for_one_team_keeps_no_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="--checkpoint"):
        Follower(tmp_path / "reprise.json").options(Options(), WEEK, decomposition)


def test_a_checkpoint_in_no_folder_is_refused_before_anything(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="n'existe pas"):
        Follower(tmp_path / "nulle" / "part.json").options(Options(), WEEK, departement)
