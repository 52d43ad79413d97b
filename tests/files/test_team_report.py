"""The report of a composed team: JSON, workbook and page hold its figures, in French and in English."""

import inspect
import io
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from optimizer import compose
from optimizer.composed import (
    ComposedTeam,
    OneGrade,
    OpenedPosts,
    ReachedWeek,
    ShadowValue,
    Shortage,
    TeamCost,
)
from optimizer.files.team_json import team_json
from optimizer.files.team_page import LONGEST_NOTE, MOST_NOTES, MOST_ROWS, team_html
from optimizer.files.team_words import (
    LABELS,
    Cell,
    Change,
    Euros,
    Language,
    Share,
    need_sentence,
    note_in,
    profession_name,
    proof_sentence,
    shown,
)
from optimizer.files.team_words import (
    NOTES as NOTES_IN_ENGLISH,
)
from optimizer.files.team_workbook import team_xlsx
from optimizer.plan import Status
from optimizer.team import Bounds, Opening, Pattern, Start, TeamRequest, TeamRules
from optimizer.words import Profession
from tests.builders import OFFICE_HOURS, a_professional

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH
PRESENT = {"AS": 1.8, "CESF": 2.0, "ES": 0.5, "CT": 1.0}
LEAVE = "Un poste ouvert n'a ni absence ni congé : l'équipe trouvée n'a pas de marge pour les siens."
LOST = "Réunions laissées de côté, personne de ceux qu'elles nomment n'étant là : "
NOTES = (LEAVE, LOST + "R1, R2.", "=1+1")

# AS01 100 %, AS02 80 %, CESF01 100 %, CT01 100 % and two ES at 50 %: 4.8 full-time posts, 321 600 euros at
# 67 000 each, of which 6 600 (2.05 %) above the bound. CESF02 (100 %) and ES09 (50 %) leave: 5.3 before.
KEPT = (
    a_professional("AS01"),
    a_professional("AS02", quotite=80),
    a_professional("CESF01", "CESF"),
    a_professional("CT01", "CT"),
)
WEEKS = (
    ReachedWeek(
        name="typique.json",
        floor=1200.5,
        target=1234.5,
        value=1230.0,
        is_reached=True,
        week_hash="a1",
        plan_hash="b1",
    ),
    ReachedWeek(
        name="chargée.xlsx",
        floor=2000.0,
        target=2100.0,
        value=2095.5,
        is_reached=True,
        week_hash="a2",
        plan_hash="b2",
    ),
)
REQUEST = TeamRequest(
    keep=("AS01",),
    patterns=(Pattern(name="50-debut", quotite=50, windows=OFFICE_HOURS[:5]),),
    posts=(Opening(profession=Profession.ES, service_id="SECTEUR-1", most=3),),
    costs={Profession.AS: 65_000},
    bounds=(Bounds(profession=Profession.CESF, service_id="SECTEUR-1", least=1, most=4),),
    rules=TeamRules(two_people_for=("EDUC",), people_per_manager=12),
    share_percent=100,
    tolerance=2.5,
)


def some_posts(profession: str, number: int, service: str = "SECTEUR-1") -> OpenedPosts:
    """Half-time posts of a profession."""
    return OpenedPosts(
        profession=Profession(profession),
        service_id=service,
        site_id="MDS-A",
        pattern="50-debut",
        quotite=50,
        ids=tuple(f"P:{profession}.1-{n}" for n in range(1, number + 1)),
    )


def a_team(**changes: object) -> ComposedTeam:
    """The team above, changed."""
    half_times = (a_professional("P:ES.1-1", "ES", quotite=50), a_professional("P:ES.1-2", "ES", quotite=50))
    fields: dict[str, object] = {
        "status": Status.FEASIBLE,
        "cost": 321_600,
        "bound": 315_000,
        "gap": 0.020522,
        "absolute_gap": 6_600,
        "posts": 4.8,
        "present_posts": 5.3,
        "present_cost": 355_100,
        "kept": tuple(person.id for person in KEPT),
        "closed": ("+CESF02", "ES09"),
        "opened": (some_posts("ES", 2),),
        "services": (TeamCost(services=("SECTEUR-1",), cost=321_600, bound=315_000, posts=4.8),),
        "weeks": WEEKS,
        "people": (*KEPT, *half_times),
        "shadow_values": (
            ShadowValue(profession=Profession.CESF, service_id="SECTEUR-1", points=7.0, cost=33_500),
            ShadowValue(profession=Profession.ES, service_id="SECTEUR-1", points=42.5, cost=33_500),
        ),
        "shadow_of": "present",
        "shortages": (a_shortage(6, 4),),
        "one_grade": OneGrade(bound=290_000, difference=25_000),
        "notes": NOTES,
        "request": REQUEST,
        "provenance": {"seed": 0, "time_limit_seconds": 60.0, "deterministic": True, "seconds": None},
    }
    return ComposedTeam.model_validate(fields | changes)


def a_shortage(needed: int, covered: int, profession: str = "ES") -> Shortage:
    """What the loaded week lacks."""
    return Shortage(
        week="chargée.xlsx",
        profession=Profession(profession),
        service_id="SECTEUR-1",
        needed=needed,
        covered=covered,
    )


BARE = {
    "status": Status.OPTIMAL,
    "bound": 321_600,
    "gap": 0.0,
    "absolute_gap": 0,
    "closed": (),
    "opened": (),
    "weeks": WEEKS[:1],
    "shadow_values": (),
    "shadow_of": "",
    "shortages": (),
    "one_grade": None,
    "notes": (),
    "request": TeamRequest(start=Start.NOTHING),
    "provenance": {},
}
"""Nothing to open nor to close, and nothing but the team."""


def a_large_team() -> ComposedTeam:
    """More of everything than the page shows."""
    professions = [one.value for one in Profession]
    weeks = tuple(
        WEEKS[0].model_copy(
            update={"name": f"territoire-nord/semaine-{n:02d}.json", "value": 1234.5 - n, "target": 1234.5}
        )
        for n in range(60)
    )
    services = [f"SECTEUR-CANTON-NORD-{n}" for n in range(1, 21)]
    return a_team(
        people=tuple(a_professional(f"{one}01", one) for one in professions),
        closed=tuple(f"PERSONNE-{n}" for n in range(30)),
        opened=tuple(some_posts("AS", 5, service) for service in services),
        weeks=weeks,
        shadow_values=tuple(
            ShadowValue(profession=Profession.AS, service_id=service, points=40.0, cost=33_500)
            for service in services
        ),
        shortages=tuple(a_shortage(60 - n, 4) for n in range(10)),
        request=TeamRequest(keep=tuple(f"P{n}" for n in range(300))),
        notes=(*NOTES, *(LOST + ", ".join(f"REUNION-{n}" for n in range(90)) for _ in range(4))),
    )


# -------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (1234.5, "1\u202f234,5", "1,234.5"),
        (1234567, "1\u202f234\u202f567", "1,234,567"),
        (0.25, "0,25", "0.25"),
        (0.1 + 0.2, "0,3", "0.3"),
        (-0.001, "0", "0"),
        (Euros(1_239_500), "1\u202f239\u202f500\u00a0€", "€1,239,500"),
        (Share(0.020522), "2,05\u00a0%", "2.05%"),
        (Share(0.000001), "moins de 0,01\u00a0%", "less than 0.01%"),
        (Share(0.0), "0\u00a0%", "0%"),
        (Share(1.0), "100\u00a0%", "100%"),
        (Change(1.5), "+1,5", "+1.5"),
        (Change(-0.5), "\u22120,5", "\u22120.5"),
        (Change(0.0), "0", "0"),
        (None, "–", "–"),
        ("AS01", "AS01", "AS01"),
    ],
)
def test_figures_are_written_the_way_of_each_language(value: Cell, french: str, english: str) -> None:
    assert (shown(value, FRENCH), shown(value, ENGLISH)) == (french, english)


@pytest.mark.parametrize(
    ("needed", "covered", "french", "english"),
    [
        (
            6,
            4,
            "6 demi-journées demandent une ES, 4 peuvent être assurées",
            "6 half-days need an ES, 4 can be covered",
        ),
        (
            2,
            1,
            "2 demi-journées demandent une ES, 1 peut être assurée",
            "2 half-days need an ES, 1 can be covered",
        ),
        (
            1,
            0,
            "1 demi-journée demande une ES, aucune ne peut être assurée",
            "1 half-day needs an ES, none can be covered",
        ),
    ],
)
def test_a_need_is_one_sentence(needed: int, covered: int, french: str, english: str) -> None:
    need = a_shortage(needed, covered)
    assert (need_sentence(need, FRENCH), need_sentence(need, ENGLISH)) == (french, english)


def test_every_profession_is_named_and_needed_in_both_languages() -> None:
    for profession in Profession:
        assert profession_name(profession, FRENCH) != profession_name(profession, ENGLISH) != profession
        assert need_sentence(a_shortage(2, 1, profession), ENGLISH)
    assert profession_name("AUTRE", ENGLISH) == "AUTRE"


def test_every_label_fills_in_the_same_names_in_both_languages() -> None:
    for code, (french, english) in LABELS.items():
        named = [sorted(re.findall(r"\{(\w+)\}", text)) for text in (french, english)]
        assert french and english and named[0] == named[1], code


def test_the_proof_says_what_is_proven_and_no_more() -> None:
    assert "Prouvé" not in proof_sentence(a_team(), FRENCH)
    told = proof_sentence(a_team(**BARE), ENGLISH)
    assert told.startswith("Proven: this team costs €321,600 a year") and "the week asked for" in told


@pytest.mark.parametrize("status", [Status.OPTIMAL, Status.FEASIBLE])
def test_a_team_that_misses_a_week_is_not_said_to_be_the_cheapest(status: Status) -> None:
    missed = WEEKS[1].model_copy(update={"value": 2100.5, "is_reached": False})
    team = a_team(status=status, weeks=(WEEKS[0], missed))
    assert proof_sentence(team, FRENCH) == (
        "Cette équipe coûte 321\u202f600\u00a0€ par an et atteint 1 des 2 semaines demandées ; il est prouvé "
        "qu'aucune équipe qui en atteint autant dans les limites demandées ne coûte moins de "
        "315\u202f000\u00a0€."
    )
    page = Page(team, FRENCH)
    assert ["chargée.xlsx", "2\u202f100", "2\u202f100,5", "non"] in page.cells() and "1 sur 2" in page.text


@pytest.mark.parametrize(
    ("language", "told"),
    [(FRENCH, "Le calcul a été interrompu"), (ENGLISH, "The computation was interrupted")],
)
def test_the_report_says_that_the_computation_was_interrupted(language: Language, told: str) -> None:
    team = a_team(provenance={"seed": 0, "time_limit_seconds": 60.0, "interrupted": True})
    assert told in Page(team, language).text
    assert told not in Page(a_team(), language).text


def test_every_translated_note_is_told_by_the_door() -> None:
    told = inspect.getsource(compose)
    assert [note for note in NOTES_IN_ENGLISH if note not in told] == []


def test_a_note_without_a_translation_stays_french() -> None:
    assert note_in("Autre chose.", ENGLISH) == ("Autre chose.", FRENCH)
    assert note_in(LEAVE, FRENCH) == (LEAVE, FRENCH)
    told, language = note_in(LOST + "R1.", ENGLISH)
    assert (told.endswith("being there: R1."), language) == (True, ENGLISH)


# -------------------------------------------------------------------- JSON


@pytest.mark.parametrize("changes", [{}, BARE])
def test_the_document_reads_back_to_the_same_team(changes: dict[str, object]) -> None:
    team = a_team(**changes)
    content = team_json(team)
    assert ComposedTeam.model_validate_json(content) == team
    assert content.startswith(b'{\n  "schema_version"') and content.endswith(b"}\n")


def test_the_document_keeps_its_accents() -> None:
    assert '"chargée.xlsx"' in team_json(a_team()).decode()


def test_an_infinite_figure_is_not_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        team_json(a_team(provenance={"time_limit_seconds": float("inf")}))


# -------------------------------------------------------------------- workbook


def sheets(team: ComposedTeam, language: Language) -> dict[str, list[list[object]]]:
    """The rows of each sheet, as another reader finds them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(team_xlsx(team, PRESENT, language)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_holds_every_figure() -> None:
    found = sheets(a_team(), FRENCH)
    assert list(found) == [
        "Résumé",
        "Professions",
        "Postes",
        "Équipes",
        "Semaines",
        "Un mi-temps de plus",
        "Besoins de professions",
        "Un seul grade (SIMULATION)",
        "Demande et notes",
    ]
    summary = dict(found["Résumé"][2:])
    assert summary["Coût par an"] == 321_600 and summary["Coût minimal prouvé"] == 315_000
    assert summary["Écart, en part du coût"] == 0.020522
    assert summary["Postes à temps plein"] == 4.8
    assert summary["Postes à temps plein de l'équipe présente"] == 5.3
    assert summary["Semaines atteintes"] == "2 sur 2"
    assert ["ES", "Éducateur(trice) spécialisé(e)", 0.5, 1, 0.5] in found["Professions"]
    assert ["SECTEUR-1", 4.8, 321_600, 315_000, 6_600] in found["Équipes"]
    assert ["typique.json", 1200.5, 1234.5, 1230, "oui", "a1", "b1"] in found["Semaines"]
    assert ["chargée.xlsx", 2000, 2100, 2095.5, "oui", "a2", "b2"] in found["Semaines"]
    assert found["Un mi-temps de plus"][2:] == [
        ["ES", "SECTEUR-1", 42.5, 33_500],
        ["CESF", "SECTEUR-1", 7, 33_500],
    ]
    need = "6 demi-journées demandent une ES, 4 peuvent être assurées"
    assert ["chargée.xlsx", "ES", "SECTEUR-1", 6, 4, 2, need] in found["Besoins de professions"]
    grade = found["Un seul grade (SIMULATION)"]
    assert grade[0][0] == "SIMULATION : aucun plan n'existe"
    assert {"Différence par an": 25_000}.items() <= dict(grade[2:]).items()


def test_the_posts_say_who_comes_who_goes_and_who_stays() -> None:
    rows = sheets(a_team(), ENGLISH)["Posts"]
    opened = ["to open", "ES", "SECTEUR-1", "MDS-A", "50-debut", 0.5, 2, 1, "P:ES.1-1, P:ES.1-2"]
    assert rows[2] == opened
    assert [row[-1] for row in rows if row[0] == "to close"] == ["+CESF02", "ES09"]
    assert ["kept", "AS", "SECTEUR-1", "MDS-A", "", 0.8, 1, 0.8, "AS02"] in rows


def test_the_workbook_says_what_was_asked_and_noted() -> None:
    rows = sheets(a_team(), ENGLISH)["Request and notes"]
    for row in (
        ["Composed from", "the present team"],
        ["Must stay", "AS01"],
        ["Share of the weeks to reach", 1],
        ["Cost a year of a full-time post, AS", 65_000],
        ["Cost a year of a full-time post, ES", 67_000],
        ["Two people at least for", "EDUC"],
        ["People for a manager, at most", 12],
        ["Bounds, CESF, SECTEUR-1", "from 1 to 4"],
        ["Posts that may be opened, ES, SECTEUR-1, any", "from 0 to 3"],
        ["Note", "=1+1"],
        ["Provenance, deterministic", "yes"],
        ["Provenance, seed", 0],
    ):
        assert row in rows


@pytest.mark.parametrize("language", Language)
def test_no_cell_is_a_formula(language: Language) -> None:
    team = a_team(closed=("+CESF02", "-ES09", "@AS03"), notes=("=1+1", "+A1", "-A1", "@A1"))
    book = load_workbook(io.BytesIO(team_xlsx(team, PRESENT, language)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert {"=1+1", "+A1", "-A1", "@A1", "+CESF02", "-ES09", "@AS03"} <= {cell.value for cell in cells}


def test_figures_bear_the_formats_of_their_language() -> None:
    for language, euros in ((FRENCH, '#,##0 "€"'), (ENGLISH, '"€"#,##0')):
        book = load_workbook(io.BytesIO(team_xlsx(a_team(), PRESENT, language)))
        assert [book.worksheets[0].cell(row, 2).number_format for row in (4, 7)] == [euros, "0.0#%"]


def test_a_bare_team_has_a_workbook_that_says_so() -> None:
    found = sheets(a_team(**BARE), ENGLISH)
    assert found["One grade (SIMULATION)"][2][0] == "Not computed in the time given."
    assert found["Needs of professions"][2][0] == "No lack of half-days is proven."
    assert found["Needs of professions"][0][0] == "Professions that the composed team lacks, in half-days"
    assert found["One more half-time"][2][0] == "No figure."


@pytest.mark.parametrize("language", Language)
def test_the_same_team_is_written_with_the_same_bytes(language: Language) -> None:
    assert team_xlsx(a_team(), PRESENT, language) == team_xlsx(a_team(), PRESENT, language)
    assert team_html(a_team(), PRESENT, language) == team_html(a_team(), PRESENT, language)


# -------------------------------------------------------------------- page


class Page(HTMLParser):
    """The tags of a page with their attributes, and its words."""

    def __init__(self, team: ComposedTeam, language: Language) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.source = team_html(team, PRESENT, language).decode()
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())

    @property
    def text(self) -> str:
        """What is read, from start to end."""
        return " ".join(word for word in self.words if word)

    def cells(self) -> list[list[str]]:
        """The texts of each row of each table."""
        rows = re.findall(r"<tr>(.*?)</tr>", self.source, re.DOTALL)
        return [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in rows]


def test_the_page_holds_every_figure_in_french() -> None:
    page = Page(a_team(), FRENCH)
    for told in (
        "coûte 321\u202f600\u00a0€ par an",
        "moins de 315\u202f000\u00a0€ : il reste 6\u202f600\u00a0€ (2,05\u00a0%)",
        "équipe présente : 355\u202f100\u00a0€",
        "équipe présente : 5,3",
        "postes : 2 ouverts, 2 fermés",
        "2 sur 2",
        "100\u00a0% demandés",
        "chargée.xlsx, SECTEUR-1 : 6 demi-journées demandent une ES, 4 peuvent être assurées.",
        "SIMULATION : aucun plan n'existe",
        "au moins 290\u202f000\u00a0€ par an",
        "prouvés : 25\u202f000\u00a0€ par an",
        LEAVE,
        "Tolérance, en points : 2,5",
        "AS\u00a065\u202f000\u00a0€",
    ):
        assert told in page.text, told
    for row in (
        ["AS", "Assistant(e) de service social", "1,8", "1,8", "0"],
        ["CESF", "Conseiller(ère) en économie sociale familiale", "2", "1", "\u22121"],
        ["ES", "Éducateur(trice) spécialisé(e)", "0,5", "1", "+0,5"],
        ["ES", "SECTEUR-1", "MDS-A", "50-debut", "50\u00a0%", "2"],
        ["+CESF02"],
        ["typique.json", "1\u202f234,5", "1\u202f230", "oui"],
        ["chargée.xlsx", "2\u202f100", "2\u202f095,5", "oui"],
        ["ES", "SECTEUR-1", "42,5", "33\u202f500\u00a0€"],
    ):
        assert row in page.cells(), row


def test_the_page_holds_every_figure_in_english() -> None:
    page = Page(a_team(), ENGLISH)
    for told in (
        "costs €321,600 a year",
        "less than €315,000: at most €6,600 (2.05%)",
        "present team: €355,100",
        "present team: 5.3",
        "posts: 2 opened, 2 closed",
        "2 of 2",
        "100% asked for",
        "chargée.xlsx, SECTEUR-1: 6 half-days need an ES, 4 can be covered.",
        "SIMULATION: no plan exists",
        "at least €290,000 a year",
        "minimums: €25,000 a year",
        "A post opened has neither absence nor leave",
        "Tolerance, in points: 2.5",
    ):
        assert told in page.text, told
    for row in (
        ["ES", "Specialised educator", "0.5", "1", "+0.5"],
        ["ES", "SECTEUR-1", "MDS-A", "50-debut", "50%", "2"],
        ["chargée.xlsx", "2,100", "2,095.5", "yes"],
        ["ES", "SECTEUR-1", "42.5", "€33,500"],
    ):
        assert row in page.cells(), row


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("changes", [{}, BARE])
def test_the_page_is_self_contained_and_says_its_language(
    language: Language, changes: dict[str, object]
) -> None:
    tags = Page(a_team(**changes), language).found
    assert ("html", {"lang": language.value}) in tags
    assert {tag for tag, _ in tags}.isdisjoint({"script", "link", "img", "iframe"})
    assert [attributes for _, attributes in tags if {"src", "href", "onclick"} & set(attributes)] == []
    headings = [attributes for tag, attributes in tags if tag == "th"]
    assert headings and all(attributes.get("scope") for attributes in headings)


def test_every_name_that_labels_something_is_there_once() -> None:
    tags = Page(a_team(), FRENCH).found
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    used = [
        attributes.get(name) for _, attributes in tags for name in ("aria-labelledby", "aria-describedby")
    ]
    assert len(set(ids)) == len(ids) and {name for name in used if name} <= set(ids)


def test_the_chart_has_a_title_and_the_table_says_the_same() -> None:
    page = Page(a_team(), ENGLISH)
    charts = [attributes for tag, attributes in page.found if tag == "svg"]
    assert charts[0]["role"] == "img" and charts[0]["aria-labelledby"] == "chart-title"
    assert all(attributes.get("aria-hidden") == "true" for attributes in charts[1:])
    assert page.words.count("Full-time posts by profession") == 2


def test_the_bars_are_as_long_as_their_posts() -> None:
    source = Page(a_team(), FRENCH).source
    lengths = re.findall(r'class="(before|after)" x="54" y="\d+" width="([\d.]+)" height="8"', source)[1:]
    # CESF, with 2 posts, has the longest bar, of 220 units: 1.8 posts take 198 and 0.5 take 55
    assert lengths[:4] == [("before", "198.0"), ("after", "198.0"), ("before", "220.0"), ("after", "110.0")]
    assert lengths[4:6] == [("before", "55.0"), ("after", "110.0")]


def test_the_french_notes_of_an_english_page_say_that_they_are() -> None:
    page = Page(a_team(notes=("Autre chose.",)), ENGLISH)
    assert '<li lang="fr">Autre chose.</li>' in page.source


def test_what_a_document_says_is_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    week = WEEKS[0].model_copy(update={"name": hostile})
    need = a_shortage(6, 4).model_copy(update={"week": hostile})
    team = a_team(weeks=(week,), notes=(hostile,), shortages=(need,))
    source = Page(team.model_copy(update={"closed": (hostile,)}), FRENCH).source
    assert "<script" not in source and source.count("&lt;script") == 4


def test_a_bare_team_has_a_page_that_says_so() -> None:
    page = Page(a_team(**BARE), FRENCH)
    for told in (
        "Prouvé : cette équipe coûte",
        "Aucun poste à ouvrir.",
        "Aucun poste à fermer.",
        "Aucun chiffre.",
        "Aucun manque de demi-journées n'est prouvé.",
        "Non calculé dans le temps donné.",
        "Composée à partir de : rien",
    ):
        assert told in page.text
    assert "SIMULATION" not in page.text


def test_what_does_not_fit_is_counted() -> None:
    page = Page(a_large_team(), ENGLISH)
    # of 20 kinds of posts 7 are shown, of 30 people who leave 7, of 20 shadow values 7, of 10 needs 3
    counted = [word for word in page.words if word.startswith("and ")]
    assert [word.split()[1] for word in counted] == ["13", "23", "13", "7", "2"]
    assert f"The {MOST_ROWS} tightest of 60." in page.text
    assert "semaine-00.json" in page.text and "semaine-59.json" not in page.text
    notes = re.findall(r"<li[^>]*>([^<]*)</li>", page.source)
    assert len(notes) == 1 + MOST_NOTES and max(map(len, notes)) <= LONGEST_NOTE
    assert "P6 and 293 more, in the workbook" in page.text


def luminance(colour: str) -> float:
    shares = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_stand_apart_from_paper() -> None:
    colours = dict(re.findall(r"--(\w+): (#\w{6})", Page(a_team(), FRENCH).source))
    for name in ("ink", "soft", "head", "stamp"):  # 4.5 is level AA of the RGAA for small texts
        assert 1.05 / (luminance(colours[name]) + 0.05) >= 4.5


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --no-pdf-header-footer"
)


def is_printed_as_measured() -> bool:
    """Whether a browser is there, with letters as wide as those that the page is measured for."""
    if CHROMIUM is None or shutil.which("pdfinfo") is None or shutil.which("fc-match") is None:
        return False
    told = subprocess.run(["fc-match", "Arial"], check=True, capture_output=True, text=True).stdout
    return any(name in told for name in ("Liberation Sans", "Arial", "Arimo", "Helvetica"))


@pytest.mark.parametrize("language", Language)
def test_a_large_team_prints_on_one_sheet(tmp_path: Path, language: Language) -> None:
    if not is_printed_as_measured():
        pytest.skip("no chromium, pdfinfo or letters of Arial's measure: the printed pages are not counted")
    page, printed = tmp_path / "team.html", tmp_path / "team.pdf"
    page.write_bytes(team_html(a_large_team(), PRESENT, language))
    told_to = [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run([CHROMIUM, *FLAGS.split(), *told_to], check=True, capture_output=True, timeout=120)
    told = subprocess.run(["pdfinfo", printed], check=True, capture_output=True, text=True).stdout
    assert "(A4)" in told and re.findall(r"Pages:\s+(\d+)", told) == ["1"]
