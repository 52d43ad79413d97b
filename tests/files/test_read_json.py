"""A week in JSON: read strictly, told by pointers."""

import json
from pathlib import Path

import pytest
from week_folders import folder, problems_of_reading

from optimizer.files.reading import read_week

Raw = dict[str, object]


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    found = json.loads(read_week(folder(tmp_path / "folder")).week.model_dump_json())
    assert isinstance(found, dict)
    return found


def told(tmp_path: Path, content: object) -> list[str]:
    path = tmp_path / "semaine.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return problems_of_reading(path)


def put(raw: Raw, path: str, value: object) -> Raw:
    *steps, last = path.split("/")
    target: object = raw
    for step in steps:
        target = target[int(step)] if isinstance(target, list) else target[step]  # type: ignore[index]
    target[int(last) if isinstance(target, list) else last] = value  # type: ignore[index]
    return raw


def test_a_week_dumped_and_read_again_is_equal(tmp_path: Path, raw: Raw) -> None:
    path = tmp_path / "semaine.JSON"
    path.write_text(json.dumps(raw), encoding="utf-8-sig")
    assert read_week(path).week == read_week(tmp_path / "folder").week


@pytest.mark.parametrize(
    ("path", "value", "where", "words"),
    [
        ("missions/0/type", "SUIVII", "/missions/0/type", "SUIVI"),
        ("missions/0/dure", 45, "/missions/0/dure", "champ inconnu « dure »"),
        ("missions/0/duration_minutes", "45", "/missions/0/duration_minutes", "un nombre entier"),
        ("missions/0/duration_minutes", True, "/missions/0/duration_minutes", "un nombre entier"),
        ("missions/0/duration_minutes", 10**30, "/missions/0/duration_minutes", "au plus 10080"),
        ("missions/0/release", "2027-02-31", "/missions/0/release", "une date qui existe"),
        ("missions/0/release", 20270111, "/missions/0/release", "une date"),
        ("missions/0/release", "0001-01-01", "/missions/0/release", "2000"),
        ("missions/1/fixed_start", "0001-01-01T00:00:00+05:00", "/missions/1/fixed_start", "2000"),
        ("missions/1/fixed_start", "2027-01-12", "/missions/1/fixed_start", "aaaa-mm-jjThh:mm"),
        ("missions/0/urgency", "urgente", "/missions/0/urgency", "« urgent »"),
        ("missions/0/site_id", "a b", "/missions/0/site_id", "sans espace"),
        ("missions/0/site_id", "\ud800", "", "caractère"),
        ("missions/0/home_zone", "Z1", "/missions/0", "un seul lieu"),
        ("missions", {}, "/missions", "une liste"),
        ("missions/0", 3, "/missions/0", "un objet"),
        ("professionals", [], "/professionals", "au moins 1"),
        ("sites/0/service_ids", [3], "/sites/0/service_ids/0", "un texte"),
        ("professionals/0/profession", "Assistant socio-éducatif", "/professionals/0/profession", "grade"),
        ("professionals/0/profession", "ASS", "/professionals/0/profession", "AS"),
        ("professionals/0/quotite", 8000, "/professionals/0/quotite", "au plus 100"),
        ("professionals/0/windows/0/start", "08:30Z", "/professionals/0/windows/0/start", "sans décalage"),
        ("professionals/0/windows/0/end", "08:00", "/professionals/0/windows/0", "après avoir commencé"),
        ("professionals/0/windows/1/start", "12:00", "/professionals/0/windows", "se chevauchent pas"),
        ("horizon/first_day", "2027-01-12", "/horizon/first_day", "un lundi"),
        ("horizon", None, "/horizon", "un objet"),
        ("schema_version", "2", "/schema_version", '« 2 » ; attendu : "1"'),
        ("organisation/commitments/late", "x", "/organisation/commitments/late", "un nombre"),
        ("organisation/commitments/lat", 3, "/organisation/commitments/lat", "« late »"),
        ("a/b~\n", 3, "/a~1b~0", "champ inconnu"),
    ],
)
def test_a_wrong_field_is_told_by_its_pointer(
    tmp_path: Path, raw: Raw, path: str, value: object, where: str, words: str
) -> None:
    raw = put(raw, path, value) if not path.startswith("a/") else raw | {path: value}
    sentences = told(tmp_path, raw)
    assert len(sentences) == 1, sentences
    assert sentences[0].startswith(f"semaine.json, {where}" if where else "semaine.json")
    assert words in sentences[0], sentences


def test_wrong_fields_and_unknown_ids_are_told_at_once(tmp_path: Path, raw: Raw) -> None:
    raw = put(put(raw, "missions/0/duration_minutes", 47), "missions/3/case_id", "S9")
    raw = put(raw, "professionals/0/quotite", 0)
    starts = [sentence.split(" : ")[0] for sentence in told(tmp_path, raw)]
    assert sorted(starts) == [
        "semaine.json, /missions/0/duration_minutes",
        "semaine.json, /missions/3/case_id",
        "semaine.json, /professionals/0/quotite",
    ]


def test_a_missing_field_is_named(tmp_path: Path, raw: Raw) -> None:
    del raw["horizon"]
    assert told(tmp_path, raw) == [
        "semaine.json, /horizon : champ « horizon » absent ; attendu : ce champ, obligatoire"
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "pas du JSON"),
        (b"{", "pas du JSON"),
        (b"[]", "une liste"),
        (b"3", "la valeur « 3 »"),
        (b"null", "la valeur « null »"),
        (b'{"a": NaN}', ", /a : nombre « NaN » ; attendu : un nombre fini"),
        (b'{"a": [{"b": 1, "b": 2}]}', ", /a/0/b : champ « b » répété"),
        (b'{"a": [{"b": -Infinity}]}', ", /a/0/b : nombre « -Infinity »"),
        (b'{"a": -Infinity}', "un nombre fini"),
        (b'{"a": 1e400}', "un nombre fini"),
        (b'{"a": ' + b"9" * 5000 + b"}", "raisonnables"),
        (b'{"a": 1, "a": 2}', "« a » répété"),
        (b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}", "50 niveaux"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "50 niveaux"),
        ('{"a": 1}'.encode("utf-16"), "UTF-8"),
        ('{"a": "é"}'.encode("cp1252"), "UTF-8"),
        (b"PK\x03\x04", "JSON"),
    ],
)
def test_what_is_not_a_week_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    sentences = told(tmp_path, content)
    assert len(sentences) == 1
    assert words in sentences[0]


def test_problems_are_counted_beyond_a_thousand(tmp_path: Path, raw: Raw) -> None:
    sentences = told(tmp_path, raw | {"missions": [{}] * 500})
    assert len(sentences) == 1001
    assert sentences[-1].startswith("et ensuite")


def test_a_field_that_cannot_be_read_hides_no_other(tmp_path: Path, raw: Raw) -> None:
    put(put(put(raw, "missions/0/type", "SUIVII"), "missions/0/due", "demain"), "missions/0/case_id", "S9")
    put(
        put(raw, "professionals/0/profession", "ASS"),
        "professionals/0/service_ids",
        ["SECTEUR", "EVALUATION"],
    )
    sentences = told(tmp_path, raw)
    for pointer in (
        "/missions/0/type",
        "/missions/0/due",
        "/missions/0/case_id",
        "/professionals/0/profession",
    ):
        assert any(f"{pointer} :" in sentence for sentence in sentences), sentences
    assert any("/professionals/0/service_ids" in sentence for sentence in sentences), sentences
    assert len(sentences) == 5, sentences
