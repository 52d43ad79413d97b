"""Each mistake of a table is told with the file, the line, the value found and what was expected."""

from pathlib import Path

import pytest
from week_folders import SMALL, folder, problems_of_reading, spoiled

from optimizer.errors import UnusableInput
from optimizer.files.raw import MEGABYTE, bytes_of
from optimizer.files.reading import read_week


def test_the_small_folder_reads_without_a_warning(tmp_path: Path) -> None:
    assert read_week(folder(tmp_path)).warnings == ()


CELLS = [
    ("missions", "M1;SUIVI", "M1;SUIVII", "2 type", "SUIVII", "SUIVI"),
    ("missions", "M1;SUIVI;S1", "M1;SUIVI;S9", "2 situation", "S9", "S1"),
    ("missions", ";45;", ";47;", "2 duree_min", "47", "multiple de 5"),
    ("missions", ";45;", ";abc;", "2 duree_min", "abc", "nombre entier"),
    ("missions", ";45;", ";0;", "2 duree_min", "0", "plus de 0"),
    ("missions", ";45;", ";;", "2 duree_min", "cellule vide", "obligatoire"),
    ("missions", ";45;", ";300;", "2 duree_min", "300", "240"),
    ("missions", "45;11/01/2027", "45;31/02/2027", "2 au_plus_tot", "31/02", "existe"),
    ("missions", "45;11/01/2027", "45;11/01/27", "2 au_plus_tot", "11/01/27", "aaaa"),
    ("missions", "45;11/01/2027", "45;11/01/2072", "2", "2072", "au plus tard"),
    ("missions", "15/01/2027;;;MDS;", "10/01/2027;;;MDS;", "2", "10/01/2027", "précède"),
    ("missions", ";urgent;", ";pressé;", "3 urgence", "pressé", "prioritaire"),
    ("missions", "12/01/2027 09:00", "12/01/2027", "3 debut_fixe", "12/01", "hh:mm"),
    ("missions", "12/01/2027 09:00", "12/01/2027 09:02", "3 debut_fixe", "09:02", "5"),
    ("missions", "12/01/2027 09:00", "08/01/2027 09:00", "3 debut_fixe", "08/01", "11/01"),
    ("missions", "AS+PUER", "AS+PUERI", "4 professions", "PUERI", "PUER"),
    ("missions", "AS+PUER", "1", "4 professions", "une personne", "deux"),
    ("missions", "AS+PUER", "3", "4 professions", "3", "2"),
    ("missions", "AS+PUER", "AS+CESF", "4 professions", "CESF", "AS, ES, PUER"),
    ("missions", "AS+PUER", "AS+AS", "4 professions", "deux fois AS", "différents"),
    ("missions", "domicile:Z1", "domicile", "4 lieu", "domicile", "domicile:ZONE"),
    ("missions", "domicile:Z1", "MDS", "4 lieu", "MDS", "EVALUATION"),
    ("missions", ";;;POLE;", ";;;MDS;", "5 lieu", "MDS", "CONTRAT"),
    ("missions", "M3;IP_VAD", "M1;IP_VAD", "4 id", "M1", "une fois"),
    ("missions", "M3;IP_VAD", "M 3;IP_VAD", "4 id", "M 3", "sans espace"),
    ("professionnels", "AS1;AS", "AS1;ASS", "2 profession", "ASS", "AS"),
    ("professionnels", "AS1;AS", "AS1;assistant socio-éducatif", "2", "grade", "diplôme"),
    ("professionnels", "80 %", "8000", "2 quotite", "8000", "0,8"),
    ("professionnels", "80 %", "abc", "2 quotite", "abc", "0,8"),
    ("professionnels", "80 %", "0", "2 quotite", "0", "quotité de 2"),
    ("professionnels", "SECTEUR;MDS;80", "SECTEUR;MDT;80", "2 site", "MDT", "MDS"),
    ("professionnels", "SECTEUR;MDS;80", "SECTEURS;MDS;80", "2", "SECTEURS", "SECTEUR"),
    ("professionnels", "SECTEUR;MDS;80", "SECTEUR|CONTRAT;MDS;80", "2", "CONTRAT", "seul"),
    ("professionnels", "CT1;CT", "AS1;CT", "3 id", "AS1", "une fois"),
    ("professionnels", "08:30-12:30 13", "08:30-14:00 13", "2 lundi", "14", "chevauch"),
    ("professionnels", "08:30-12:30 13", "12:30-08:30 13", "2 lundi", "12:30", "après"),
    ("professionnels", "08:30-12:30 13", "08:30-25:30 13", "2 lundi", "25:30", "existe"),
    ("professionnels", "08:30-12:30 13", "matin 13", "2 lundi", "matin", "08:30-12:30"),
    ("professionnels", "08:30-12:30 13", "08:31-12:30 13", "2 lundi", "08:31", "5"),
    ("horizon", "11/01/2027", "12/01/2027", "2 premier_jour", "12/01/2027", "un lundi"),
    ("horizon", ";1\n", ";9\n", "2 semaines", "9", "au plus 8"),
    ("horizon", ";1\n", ";1\n18/01/2027;1\n", "3", "deuxième", "une seule"),
    ("sites", "MDS;Maison;Z1", "MDS;Maison;", "2 zone", "vide", "obligatoire"),
    ("salles", "M1;entretien", "M1;bureau", "2 type", "bureau", "entretien"),
    ("salles", "MDS;M1", "MDX;M1", "2 site", "MDX", "MDS"),
    ("salles", "POLE;P1", "POLE;M1", "4 salle", "M1", "une fois"),
    ("situations", "S1;MDS", "S1;MDX", "2 site", "MDX", "MDS"),
    ("situations", ";2;Z1", ";0;Z1", "2 poids", "0", "au moins 1"),
    ("accueil", "MDS;lundi", "POLE;lundi", "2 site", "POLE", "SECTEUR"),
    ("accueil", "MDS;lundi", "MDS;samedi", "2 jour", "samedi", "vendredi"),
    ("accueil", "lundi;1", "lundi;-1", "2 matin", "-1", "au moins 0"),
    ("accueil", "1;1;0\n", "1;1;0\nMDS;lundi;0;0;0\n", "3", "MDS, lundi", "une fois"),
    ("actions_collectives", "AS+CT", "AS+SECR", "2 animateurs", "SECR", "CESF"),
    ("actions_collectives", "MDS;G1", "MDS;M1", "2 salle", "M1", "groupe"),
    ("actions_collectives", "MDS;G1", "MDS;G9", "2 salle", "G9", "MDS"),
    ("actions_collectives", "MDS;G1", ";G1", "2 salle", "G1", "le site"),
    ("actions_collectives", "G1;1;;;", "G1;0;;;", "2 semaine", "0", "horizon"),
    ("actions_collectives", "G1;1;;;", "G1;1;19/01/2027;;", "2", "19/01", "semaine"),
    ("actions_collectives", "G1;1;;;", "G1;1;;14:00;", "2", "sans date", "une date"),
    ("actions_collectives", "G1;ISIC_GRP", "M1;ISIC_GRP", "2 id", "M1", "une fois"),
    ("actions_collectives", "G1;ISIC_GRP", "G1;CONTRAT", "2 type", "CONTRAT", "action"),
    ("reunions", "REUNION;SECTEUR", "REUNION;SECTOR", "2 participants", "SECTOR", "SECTEUR"),
    ("reunions", "REUNION;SECTEUR", "REUNION;AS1|AS9", "2 participants", "AS9", "AS1"),
    ("reunions", "REUNION;SECTEUR", "REUNION;SECTEUR:0", "2 participants", "0", "au moins 1"),
    ("organisation", "part_ecrits", "part_ecrit", "2 parametre", "part_ecrit", "part_ecrits"),
    ("organisation", "39 %", "139 %", "2 valeur", "139 %", "100"),
    ("organisation", "39 %", "99 %", "", "107 %", "100 %"),
    ("organisation", "39 %\n", "39 %\npart_ecrits;2 %\n", "3", "deuxième fois", "une seule"),
    ("missions", "urgence", "urgance", "1", "colonne inconnue « urgance »", "urgence"),
    ("missions", "urgence", "type", "1", "« type » présente 2 fois", "une seule fois"),
    ("missions", "duree_min", "duree", "1", "pas de colonne « duree_min »", "obligatoire"),
    ("missions", ";12/01/2027 09:00", ";12/01/2027 09:00;oui", "3", "oui", "cellule vide"),
    ("missions", "M1;", '"M1;', "2", "guillemet", "« ; »"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "before", "after", "place", "found", "expected"), CELLS)
def test_one_wrong_cell_is_told_at_its_place(
    tmp_path: Path, table: str, before: str, after: str, place: str, found: str, expected: str
) -> None:
    told = problems_of_reading(spoiled(tmp_path, table, before, after))
    line, _, column = place.partition(" ")
    where = f"{table}.csv" + (f", ligne {line}" if line else "") + (f", colonne {column}" if column else "")
    about = [sentence for sentence in told if sentence.startswith(where) or not line]
    assert any(found in sentence and expected in sentence.split("attendu")[1] for sentence in about), told
    assert len(told) <= 2, told
    english = {"should", "input", "value", "must", "expected", "valid"}
    assert not english & set(" ".join(told).lower().split())


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        missions=SMALL["missions"].replace(";45;", ";abc;").replace("M4;CONTRAT", "M4;CONTRATS"),
        professionnels=SMALL["professionnels"].replace("80 %", "8000"),
        accueil=SMALL["accueil"].replace("MDS", "POLE"),
        organisation="parametre;valeur\nprix;2\n",
    )
    told = problems_of_reading(path)
    for start in (
        "missions.csv, ligne 2, colonne duree_min",
        "missions.csv, ligne 5, colonne type",
        "professionnels.csv, ligne 2, colonne quotite",
        "accueil.csv, ligne 2, colonne site",
        "organisation.csv, ligne 2",
    ):
        assert any(sentence.startswith(start) for sentence in told), told
    # AS1, whose quotité cannot be read, is still known to its case and to the meeting.
    assert len(told) == 5


TOGETHER = [
    ("missions", "M1;SUIVI;S1;04/01/2027;45", "M1;SUIVII;MEN99;04/01/2027;abc", ["SUIVII", "MEN99", "abc"]),
    ("missions", "M1;SUIVI;S1;04/01/2027;45", "M2;SUIVI;S1;hier;45", ["hier", "« M2 » une deuxième fois"]),
    (
        "missions",
        ";45;11/01/2027;15/01/2027;;;MDS",
        ";abc;11/01/2027;10/01/2027;;;MDX",
        ["abc", "précède", "MDX"],
    ),
    ("missions", ";45;11/01/2027;15/01/2027;;;MDS", ";45;11/01/2027;10/01/2027;;;MDX", ["précède", "MDX"]),
    (
        "professionnels",
        "AS1;AS;SECTEUR;MDS",
        "AS1;ASS;SECTEUR|EVALUATION;MDX",
        ["ASS", "SECTEUR et EVALUATION", "MDX"],
    ),
    ("situations", "S1;MDS;AS1;2", "S1;MDX;AS1;deux", ["MDX", "deux"]),
    ("accueil", "MDS;lundi;1", "MDX;lundi;un", ["MDX", "« un »"]),
    ("reunions", "R1;REUNION;SECTEUR;MDS", "R1;REUNIONS;SECTOR;MDX", ["REUNIONS", "SECTOR", "MDX"]),
    (
        "actions_collectives",
        "G1;ISIC_GRP;120;AS+CT;MDS",
        "G1;ISIC;abc;AS+XX;MDX",
        ["« ISIC »", "abc", "XX", "MDX"],
    ),
]


@pytest.mark.parametrize(("table", "before", "after", "found"), TOGETHER)
def test_a_cell_that_cannot_be_read_hides_no_other(
    tmp_path: Path, table: str, before: str, after: str, found: list[str]
) -> None:
    told = problems_of_reading(spoiled(tmp_path, table, before, after))
    for words in found:
        assert any(words in sentence for sentence in told), told
    assert not any("illisible" in sentence for sentence in told), told
    assert len(told) == len(found), told


def test_pins_beyond_the_horizon_are_told_with_the_others(tmp_path: Path) -> None:
    pins = "element;professionnels;debut\nM1;AS1;18/01/2027 09:00\nM2;AS9;\n"
    told = problems_of_reading(folder(tmp_path, epingles=pins))
    assert any("ligne 2, colonne debut : le 18/01/2027, hors de l'horizon" in sentence for sentence in told)
    assert any("ligne 3, colonne professionnels" in sentence for sentence in told)
    assert len(told) == 2


@pytest.mark.parametrize("table", ["horizon", "sites", "professionnels"])
def test_a_needed_table_cannot_be_missing(tmp_path: Path, table: str) -> None:
    told = problems_of_reading(folder(tmp_path, **{table: None}))
    assert any(f"pas de table « {table} »" in sentence for sentence in told)


@pytest.mark.parametrize(
    "table", [name for name in SMALL if name not in ("horizon", "sites", "professionnels")]
)
def test_any_other_table_may_be_missing(tmp_path: Path, table: str) -> None:
    needed_by = {"situations": ("missions",), "salles": ("actions_collectives",)}.get(table, ())
    read = read_week(folder(tmp_path, **dict.fromkeys((table, *needed_by))))
    told = [warning for warning in read.warnings if warning.startswith("Pas de table")]
    assert bool(told) == (table in ("missions", "accueil", "situations"))


def test_a_week_of_nobody_is_refused(tmp_path: Path) -> None:
    header = SMALL["professionnels"].splitlines()[0]
    told = problems_of_reading(folder(tmp_path, professionnels=header + "\n;;;;;;\n", missions=None))
    assert any("professionnels.csv : aucune ligne" in sentence for sentence in told)


def test_an_empty_file_says_which_columns_it_should_hold(tmp_path: Path) -> None:
    assert any(
        "missions.csv : une table vide" in sentence
        for sentence in problems_of_reading(folder(tmp_path, missions=""))
    )


def test_commas_instead_of_semicolons_are_told_once(tmp_path: Path) -> None:
    told = problems_of_reading(folder(tmp_path, accueil=SMALL["accueil"].replace(";", ",")))
    assert len(told) == 1
    assert "une première ligne de colonnes : site;jour" in told[0]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("site;jour\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00\x00", "pas du texte"),
        (bytes(range(256)), "pas du texte"),
    ],
)
def test_what_is_not_text_is_refused(tmp_path: Path, content: bytes, found: str) -> None:
    (folder(tmp_path) / "accueil.csv").write_bytes(content)
    told = problems_of_reading(tmp_path)
    assert len(told) == 1
    assert told[0].startswith("accueil.csv") and found in told[0]


def test_an_unreadable_table_does_not_make_its_ids_unknown(tmp_path: Path) -> None:
    (folder(tmp_path) / "situations.csv").write_bytes(b"\x00\x01")
    assert len(problems_of_reading(tmp_path)) == 1


def test_an_unknown_table_is_refused_by_name(tmp_path: Path) -> None:
    told = problems_of_reading(folder(tmp_path, mission="id;type\n"))
    assert told[0].startswith("mission.csv : table inconnue « mission »") and "« missions »" in told[0]


def test_two_spellings_of_one_table_are_refused(tmp_path: Path) -> None:
    told = problems_of_reading(folder(tmp_path, ACCUEIL=SMALL["accueil"]))
    assert any("une deuxième table" in sentence for sentence in told)


def test_a_directory_where_a_table_is_wanted(tmp_path: Path) -> None:
    (folder(tmp_path, accueil=None) / "accueil.csv").mkdir()
    assert problems_of_reading(tmp_path) == ["accueil.csv : un dossier ; attendu : un fichier"]


def test_a_file_where_the_agendas_are_wanted(tmp_path: Path) -> None:
    (folder(tmp_path) / "agendas").write_text("x")
    assert problems_of_reading(tmp_path) == ["agendas : un fichier ; attendu : un dossier de fichiers .ics"]


@pytest.mark.parametrize("name", ["semaine.json", "semaine.xlsx"])
def test_a_directory_where_a_file_is_wanted(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert problems_of_reading(tmp_path / name) == [f"{name} : un dossier ; attendu : un fichier"]


@pytest.mark.parametrize("name", ["semaine.csv", "semaine.ods", "semaine.xls", "semaine"])
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert ".xlsx ou un dossier" in problems_of_reading(tmp_path / name)[0]


def test_a_missing_path_is_told(tmp_path: Path) -> None:
    assert "rien à cet endroit" in problems_of_reading(tmp_path / "absent.json")[0]
    assert len(problems_of_reading(Path("a\0b"))) == 1
    assert len(problems_of_reading(tmp_path / ("x" * 5000))) == 1


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * (MEGABYTE + 1))
    with pytest.raises(UnusableInput, match="plus de 1 Mo"):
        bytes_of(tmp_path / "x", MEGABYTE)


def test_other_files_of_a_folder_are_left_and_told(tmp_path: Path) -> None:
    (folder(tmp_path) / "budget.ods").write_bytes(b"x")
    (tmp_path / "LISEZMOI.md").write_text("lisez")
    (tmp_path / "~$missions.csv").write_bytes(b"\0")
    assert read_week(tmp_path).warnings == ("Laissés de côté, car ce ne sont pas des tables : budget.ods.",)


def test_a_table_without_its_ids_does_not_make_every_reference_wrong(tmp_path: Path) -> None:
    told = problems_of_reading(folder(tmp_path, situations=SMALL["situations"].replace("id;", "cle;")))
    assert all(sentence.startswith("situations.csv, ligne 1 : ") for sentence in told)


@pytest.mark.parametrize("content", ["x" * 1_000_001, ";" * 2_000, "\n" * 2_000_001])
def test_a_table_out_of_measure_is_refused(tmp_path: Path, content: str) -> None:
    told = problems_of_reading(folder(tmp_path, accueil=content))
    assert len(told) == 1 and told[0].startswith("accueil.csv")


@pytest.mark.parametrize(
    ("types", "found"),
    [
        ("code;service\nNEUF;SECTEUR\n", "champ « libelle » absent"),
        ("code;libelle\nNEUF;Nouveau\n", "champ « service » absent"),
        ("code;service\nSUIVI;PMI\n", "« service » du type SUIVI modifié"),
        ("code;demande\nSUIVI;oui\n", "« demande » du type SUIVI modifié"),
    ],
)
def test_a_field_of_a_type_bears_the_name_of_its_column(tmp_path: Path, types: str, found: str) -> None:
    told = problems_of_reading(folder(tmp_path, types_missions=types))
    assert any(found in sentence for sentence in told), told
