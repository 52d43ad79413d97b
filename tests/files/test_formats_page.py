"""docs/formats.md names every table, column, parameter and field that is read, and the defaults."""

import re
from pathlib import Path

import pytest

from optimizer.files.french_organisation import PARAMETERS
from optimizer.files.french_tables import SHAPES
from optimizer.organisation import Organisation
from optimizer.week import Week

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHAPES)
def test_every_table_and_column_is_described(name: str) -> None:
    sections = [text for text in PAGE.split("\n### ") if name in re.split(r", |\n", text)[:2]]
    assert len(sections) == 1
    words = set(re.findall(r"\w+", sections[0]))
    days = {"lundi", "mardi", "mercredi", "jeudi", "vendredi"}
    assert {column.name for column in SHAPES[name].columns} - days <= words


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name != "nom"])
def test_every_parameter_is_described_with_its_default(name: str) -> None:
    value: object = Organisation()
    for step in PARAMETERS[name].path:
        value = getattr(value, step)
    told = {True: "oui", False: "non"}.get(value) if isinstance(value, bool) else str(value).replace(".", ",")
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {name} |"))
    default = row.split("|")[2].strip().removesuffix(" %")
    assert default in (told, str(value)[:5])


def test_every_field_of_json_is_described() -> None:
    section = PAGE.split("## Le document JSON")[1]
    named = set(re.findall(r"`(\w+)(?:\[\])?`", section))
    assert set(Week.model_fields) <= named
    for field in Week.model_fields.values():
        for model in (field.annotation, *getattr(field.annotation, "__args__", ())):
            assert set(getattr(model, "model_fields", {})) <= named
