"""The page: what it says, and that each team's week prints on one sheet."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from plan_samples import crowded_plan, crowded_week, trapped_plan, trapped_week

from optimizer.files.shown import reference
from optimizer.files.writing import write_plan
from optimizer.week import Week

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --no-pdf-header-footer"
)


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def page(tmp_path: Path, audience: str | None = None) -> str:
    write_plan(trapped_week(), trapped_plan(), tmp_path / "plan.html", audience)
    return (tmp_path / "plan.html").read_text()


def test_the_page_is_self_contained_and_says_its_language(tmp_path: Path) -> None:
    tags = Tags(page(tmp_path)).found
    assert ("html", {"lang": "fr"}) in tags
    assert {tag for tag, _ in tags}.isdisjoint({"script", "link", "img", "iframe"})
    assert [attributes for _, attributes in tags if {"src", "href", "onclick"} & set(attributes)] == []


def test_every_heading_of_a_table_has_its_scope(tmp_path: Path) -> None:
    headings = [attributes for tag, attributes in Tags(page(tmp_path)).found if tag == "th"]
    assert headings and all(attributes.get("scope") for attributes in headings)


def test_what_a_file_says_is_escaped(tmp_path: Path) -> None:
    week = trapped_week()
    site = week.sites[0].model_copy(update={"label": "<script>alert(1)</script>"})
    fields = {name: getattr(week, name) for name in Week.model_fields}
    other = Week.model_validate(fields | {"sites": (site, *week.sites[1:])})
    write_plan(other, trapped_plan(), tmp_path / "plan.html")
    text = (tmp_path / "plan.html").read_text()
    assert "<script" not in text and "&lt;script" in text


@pytest.mark.parametrize("audience", ["SECTEUR", "AS01", "CT01"])
def test_an_appointment_bears_the_reference_that_the_planner_can_look_up(
    tmp_path: Path, audience: str
) -> None:
    found = reference("M1-HH-SUIVI-1")
    assert f"9h00-9h45 Entretien (A1) {found}</p>" in page(tmp_path, audience)
    planner = page(tmp_path)
    assert "9h00-9h45 Entretien (A1) M1-HH-SUIVI-1</p>" in planner
    assert f'<th scope="row">{found}</th><td>M1-HH-SUIVI-1</td>' in planner


def luminance(colour: str) -> float:
    shares = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_texts_contrast_with_every_background(tmp_path: Path) -> None:
    text = page(tmp_path)
    soft = re.search(r"--soft: (#\w{6})", text)
    assert soft
    backgrounds = set(re.findall(r"background: (#\w{6})", text)) | {"#ffffff"}
    for background in backgrounds:  # 4.5 is level AA of the RGAA for small texts
        assert (luminance(background) + 0.05) / (luminance(soft[1]) + 0.05) >= 4.5


def has_letters_of_arial() -> bool:
    """Whether the browser has letters as wide as those that the page is measured for."""
    if shutil.which("fc-match") is None:
        return False
    told = subprocess.run(["fc-match", "Arial"], check=True, capture_output=True, text=True).stdout
    return any(name in told for name in ("Liberation Sans", "Arial", "Arimo", "Helvetica"))


def pages_of(path: Path, folder: Path) -> int:
    if CHROMIUM is None or shutil.which("pdfinfo") is None:
        pytest.skip("chromium or pdfinfo is not installed: the printed pages are not counted")
    if not has_letters_of_arial():
        pytest.skip(
            "no letters of Arial's measure, such as fonts-liberation: the printed pages are not counted"
        )
    printed = folder / "plan.pdf"
    arguments = [
        *FLAGS.split(),
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={printed}",
        path.as_uri(),
    ]
    subprocess.run([CHROMIUM, *arguments], check=True, capture_output=True, timeout=120)
    told = subprocess.run(["pdfinfo", printed], check=True, capture_output=True, text=True).stdout
    assert "841" in told and "(A4)" in told
    return int(re.findall(r"Pages:\s+(\d+)", told)[0])


@pytest.mark.parametrize("people", [1, 6, 13, 20, 30])
def test_a_full_week_of_a_team_prints_on_one_sheet(tmp_path: Path, people: int) -> None:
    write_plan(crowded_week(people), crowded_plan(people), tmp_path / "plan.html", "SECTEUR")
    assert pages_of(tmp_path / "plan.html", tmp_path) == 2  # the week, then the lists


def test_a_whole_plan_prints_a_sheet_a_team_and_week(tmp_path: Path) -> None:
    page(tmp_path)
    assert pages_of(tmp_path / "plan.html", tmp_path) in (3 * 2 + 1, 3 * 2 + 2)
