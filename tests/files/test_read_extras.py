"""The optional tables, and the ways a cell may be written."""

from datetime import date, datetime
from pathlib import Path

import pytest
from week_folders import SMALL, folder, problems_of_reading, spoiled

from optimizer.files.reading import read_week
from optimizer.week import Week
from optimizer.words import Aptitude, PairNeed, Profession, ServiceKind

TYPE_COLUMNS = "code;libelle;service;demande;duree_min;AS;CESF"


def week(path: Path, **changes: str | None) -> Week:
    return read_week(folder(path, **changes)).week


@pytest.mark.parametrize("quotite", ["80 %", "80%", "80", "0,8", "0.80", "80,0"])
def test_a_quotite_may_be_written_in_many_ways(tmp_path: Path, quotite: str) -> None:
    read = read_week(spoiled(tmp_path, "professionnels", "80 %", quotite)).week
    assert read.professionals[0].quotite == 80


@pytest.mark.parametrize(
    "hours", ["08:30-12:30 13:30-17:30", "8h30-12h30 / 13h30-17h30", "13:30 – 17:30, 8:30 - 12:30"]
)
def test_hours_may_be_written_in_many_ways(tmp_path: Path, hours: str) -> None:
    plain = week(tmp_path / "plain")
    assert read_week(spoiled(tmp_path, "sites", "08:30-12:30 13:30-17:30", hours)).week == plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-1"])
def test_the_encoding_and_the_ends_of_lines_are_recognised(tmp_path: Path, encoding: str) -> None:
    plain = week(tmp_path / "plain")
    for name, text in SMALL.items():
        rows = [text.splitlines()[0].upper(), "", *text.splitlines()[1:], ";;;", ""]
        (tmp_path / f"{name.upper()}.CSV").write_bytes("\r\n".join(rows).encode(encoding))
    assert read_week(tmp_path).week == plain


def test_columns_may_be_in_any_order(tmp_path: Path) -> None:
    lines = [line.split(";") for line in SMALL["missions"].splitlines()]
    turned = "\n".join(";".join(reversed(line)) for line in lines)
    assert week(tmp_path, missions=turned) == week(tmp_path / "plain")


def test_an_absence_of_whole_days_includes_the_last(tmp_path: Path) -> None:
    absences = "professionnel;debut;fin;motif\nAS1;11/01/2027;12/01/2027;congé de M. X\n"
    read = week(tmp_path, absences=absences)
    assert (read.absences[0].start, read.absences[0].end) == (datetime(2027, 1, 11), datetime(2027, 1, 13))
    assert "congé" not in read.model_dump_json()


def test_occupied_hours_may_come_as_a_table(tmp_path: Path) -> None:
    occupations = "professionnel;debut;fin\nAS1;11/01/2027 09:00;11/01/2027 10:00\n"
    assert week(tmp_path, occupations=occupations).busy[0].professional_id == "AS1"


@pytest.mark.parametrize(
    ("table", "row", "place", "words"),
    [
        ("absences", "AS9;11/01/2027;12/01/2027", "colonne professionnel", "AS9"),
        ("absences", "AS1;12/01/2027;11/01/2027 08:00", "ligne 2", "une fin après le début"),
        ("occupations", "AS1;11/01/2027 9;11/01/2027 10:00", "colonne debut", "hh:mm"),
    ],
)
def test_a_wrong_absence_is_told(tmp_path: Path, table: str, row: str, place: str, words: str) -> None:
    told = problems_of_reading(folder(tmp_path, **{table: f"professionnel;debut;fin\n{row}\n"}))
    assert len(told) == 1
    assert told[0].startswith(f"{table}.csv, ligne 2") and place in told[0] and words in told[0]


def test_a_pin_is_read(tmp_path: Path) -> None:
    read = week(tmp_path, epingles="element;professionnels;debut\nM3;EV1|EV2;18/01/2027 09:00\nM1;AS1;\n")
    assert read.pins[0].professional_ids == ("EV1", "EV2")
    assert read.pins[0].start == datetime(2027, 1, 18, 9)


@pytest.mark.parametrize(
    ("row", "found", "expected"),
    [
        ("M3;AS1|EV2;", "« AS1 » pour M3 (IP_VAD)", "EVALUATION"),
        ("M4;AS1;", "« AS1 » pour M4 (CONTRAT)", "CONTRAT"),
        ("M3;CT2|EV2;", "« CT2 » pour M3 (IP_VAD), CT", "AS, ES, PUER"),
        ("M1;CT1;", "« CT1 » pour M1 (SUIVI), CT", "AS, CESF, ES"),
        ("M1;AS1;08/01/2027 09:00", "le 08/01/2027", "le 11/01/2027"),
        ("M9;AS1;", "aucun élément", "M9"),
        ("M1;AS9;", "aucun professionnel", "AS9"),
        ("M1;AS1\nM1;AS1;", "« M1 » une deuxième fois", "une fois"),
    ],
)
def test_a_pin_cannot_undo_a_separation(tmp_path: Path, row: str, found: str, expected: str) -> None:
    told = problems_of_reading(folder(tmp_path, epingles=f"element;professionnels;debut\n{row}\n"))
    assert len(told) == 1
    assert told[0].startswith("epingles.csv, ligne ") and found in told[0] and expected in told[0]


def test_a_type_of_the_catalogue_keeps_what_its_row_leaves_empty(tmp_path: Path) -> None:
    read = week(tmp_path, types_missions=f"{TYPE_COLUMNS}\nSUIVI;;;;30;P;\n")
    kind = read.types["SUIVI"]
    assert (kind.duration_minutes, kind.aptitude(Profession.AS)) == (30, Aptitude.POSSIBLE)
    assert kind.label == "Entretien d'accompagnement"


def test_a_type_may_be_added(tmp_path: Path) -> None:
    read = week(
        tmp_path, types_missions=f"{TYPE_COLUMNS};binome\nMEDIA;Médiation;SECTEUR;;50;C;P;facultatif\n"
    )
    kind = read.types["MEDIA"]
    assert (kind.owner, kind.needs_pair) == (ServiceKind.SECTEUR, PairNeed.OPTIONAL)
    assert not kind.may_be_done_by(Profession.ES)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("IP_VAD;;SECTEUR;;;;", "", "EVALUATION"),
        ("SUIVI;;tous;;;;", "service", "SECTEUR"),
        ("SUIVI;;;oui;;;", "demande", "non"),
        ("NEUF;Neuf;SECTEUR;oui;60;C;C", "demande", "ACCUEIL et URGENCE"),
        ("PMI_VAD;;;;;C;", "as", "fixé par la loi"),
        ("SUIVI;;;;;Z;", "as", "C (cœur de métier)"),
        ("SUIVI;;;;33;;", "duree_min", "multiple de 5"),
        ("NEUF;Neuf;;;60;C;C", "service", "obligatoire"),
    ],
)
def test_a_type_cannot_change_what_separates(tmp_path: Path, row: str, column: str, words: str) -> None:
    told = problems_of_reading(folder(tmp_path, types_missions=f"{TYPE_COLUMNS}\n{row}\n"))
    assert len(told) == 1, told
    assert told[0].startswith("types_missions.csv, ligne 2") and words in told[0]
    assert not column or f"colonne {column}" in told[0]


def test_services_may_have_other_names(tmp_path: Path) -> None:
    changes = {
        name: SMALL[name].replace("SECTEUR", "NORD") for name in ("sites", "professionnels", "reunions")
    }
    read = week(tmp_path, services="id;type\nNORD;SECTEUR\n", **changes)
    assert read.kind_of_service["NORD"] is ServiceKind.SECTEUR
    assert read.meetings[0].service_id == "NORD"


def test_a_service_cannot_bear_the_name_of_another_kind(tmp_path: Path) -> None:
    told = problems_of_reading(folder(tmp_path, services="id;type\nSECTEUR;CONTRAT\n"))
    assert told[0].startswith("services.csv, ligne 2, colonne type")


def test_seats_of_a_training_and_named_people_are_read(tmp_path: Path) -> None:
    rows = "F1;FORM_ISIC;SECTEUR:2;;14/01/2027;09:00;420\nR2;ANALYSE;AS1|EV1;POLE;;;120\n"
    read = week(tmp_path, reunions=SMALL["reunions"] + rows)
    assert (read.meeting["F1"].service_id, read.meeting["F1"].seats) == ("SECTEUR", 2)
    free = read.meeting["R2"]
    assert (free.professional_ids, free.fixed_start) == (("AS1", "EV1"), None)
    assert (free.release, free.due) == (date(2027, 1, 11), date(2027, 1, 15))


def test_an_action_is_held_in_its_week_or_on_its_date(tmp_path: Path) -> None:
    rows = "G2;ISIC_GRP;120;AS+CT;MDS;G1;;14/01/2027;14:00;60\nG3;ISIC_DIAG;120;AS;;;;;;0\n"
    read = week(tmp_path, actions_collectives=SMALL["actions_collectives"] + rows)
    assert (read.action["G1"].release, read.action["G1"].due) == (date(2027, 1, 11), date(2027, 1, 15))
    assert read.action["G2"].fixed_start == datetime(2027, 1, 14, 14)
    assert read.action["G2"].release == read.action["G2"].due == date(2027, 1, 14)
    assert read.action["G3"].due == date(2027, 1, 15)


def test_a_price_and_the_parameters_are_read(tmp_path: Path) -> None:
    rows = "parametre;valeur\nprix_urgence_jour;500\npref_trajet_minute;0,5\nmi_journee;12:00\n"
    organisation = week(tmp_path, organisation=rows).organisation
    assert (organisation.commitments.urgency_late_day, organisation.preferences.travel_minute) == (500, 0.5)
    assert organisation.midday.hour == 12


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("prix_urgence_jour;0,55", "une décimale"),
        ("prix_urgence_jour;20000", "au plus 10000"),
        ("prix_urgence_jour;-1", "au moins 0"),
        ("pause_dejeuner_min;30", "au moins 45"),
        ("mi_journee;12:32", "multiple de 5"),
        ("pentecote_travaillee;peut-être", "oui, non"),
    ],
)
def test_a_wrong_parameter_is_told_at_its_line(tmp_path: Path, row: str, words: str) -> None:
    told = problems_of_reading(folder(tmp_path, organisation=f"parametre;valeur\n{row}\n"))
    assert len(told) == 1
    assert told[0].startswith("organisation.csv, ligne 2") and words in told[0]
