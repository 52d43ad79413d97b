"""A study: the file that names a week and the organisations to compare on it."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from optimizer.errors import Problem, UnusableInput
from optimizer.files.draft import Loc
from optimizer.files.json_week import document_of
from optimizer.files.raw import MEGABYTE, bytes_of, refused, text_of
from optimizer.files.reading import read_week
from optimizer.files.sentences import details_of, sentence_of, shown
from optimizer.files.sheets import listed, nearest, quoted
from optimizer.organisation import Organisation
from optimizer.week import Week

FIELDS = ("week", "organisations")
FEWEST, MOST = 2, 10
EXPECTED_PATHS = "deux fichiers au moins : { nom: fichier.yaml, autre: fichier.yaml } ou [a.yaml, b.yaml]"


@dataclass(frozen=True)
class Study:
    """One week, where it was read, and the organisations by name."""

    week: Week
    week_path: Path
    organisations: dict[str, Organisation]
    warnings: tuple[str, ...]


def read_study(path: Path) -> Study:
    """The study at a path; what it names is found from its own folder.

    Raises
    ------
    UnusableInput
        With every problem of the study and of its organisation files.
    """
    document = _document(path)
    problems = [
        Problem(path.name, f"champ inconnu {quoted(name)}", f"{listed(FIELDS)}{nearest(str(name), FIELDS)}")
        for name in document
        if name not in FIELDS
    ]
    place = document.get("week")
    if not isinstance(place, str):
        problems.append(Problem(f"{path.name}, /week", _found(place), "le chemin d'une semaine"))
    files = _files(path, document.get("organisations"), problems)
    organisations = {name: _organisation(path.parent / file, problems) for name, file in files.items()}
    if problems or not isinstance(place, str):
        raise UnusableInput(problems)
    week_path = path.parent / place
    read = read_week(week_path)
    kept = {name: found for name, found in organisations.items() if found}
    return Study(read.week, week_path, kept, read.warnings)


def _files(path: Path, value: object, problems: list[Problem]) -> dict[str, str]:
    """The organisation files by name; that of a file in a list is its own, without its ending."""
    where = f"{path.name}, /organisations"
    pairs: list[tuple[object, object]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(Path(file).stem if isinstance(file, str) else "", file) for file in value]
    wrong = not FEWEST <= len(pairs) <= MOST or not all(isinstance(file, str) for _, file in pairs)
    if wrong or len({str(name) for name, _ in pairs}) < len(pairs):
        problems.append(Problem(where, _found(value), EXPECTED_PATHS + ", de noms différents"))
        return {}
    return {str(name): str(file) for name, file in pairs}


def _organisation(path: Path, problems: list[Problem]) -> Organisation | None:
    try:
        raw = _document(path)
        return Organisation.model_validate(raw | _clock(raw))
    except UnusableInput as error:
        problems += error.problems
    except ValidationError as error:
        origin = _Origin(path.name)
        for detail in details_of(error):
            found, expected = sentence_of(detail, origin)
            if detail["type"] == "extra_forbidden":
                fields = _fields(detail["loc"])
                expected = f"un champ parmi {listed(fields, 30)}{nearest(str(detail['loc'][-1]), fields)}"
            problems.append(Problem(origin.where(detail["loc"]), found, expected))
    return None


def _clock(raw: dict[str, object]) -> dict[str, object]:
    """YAML reads `12:30` as 750, a number of minutes: given back as an hour."""
    midday = raw.get("midday")
    if isinstance(midday, int) and not isinstance(midday, bool) and 0 <= midday < 24 * 60:
        return {"midday": f"{midday // 60:02d}:{midday % 60:02d}"}
    return {}


def _fields(loc: Loc) -> list[str]:
    groups = {"commitments": Organisation().commitments, "preferences": Organisation().preferences}
    model = groups.get(str(loc[0])) if len(loc) > 1 else Organisation()
    return list(type(model).model_fields) if model else []


@dataclass(frozen=True)
class _Origin:
    """Places of an organisation file."""

    label: str

    def where(self, loc: Loc) -> str:
        """The file and the pointer."""
        return f"{self.label}, /{'/'.join(str(step) for step in loc)}" if loc else self.label

    def found(self, _loc: Loc, value: object) -> str:
        """The value itself."""
        return quoted(value)

    def name(self, loc: Loc) -> str:
        """The field itself."""
        return str(loc[-1])


# ------------------------------------------------------------ documents


class _Loader(yaml.SafeLoader):
    """YAML without aliases, without a key twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases, with which a small text may stand for an immense one."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Refuse a key given twice."""
        keys = [key.value for key, _ in node.value]
        if len(set(map(str, keys))) < len(keys):
            raise yaml.YAMLError("key")
        return super().construct_mapping(node, deep=deep)


def _document(path: Path) -> dict[str, object]:
    content = bytes_of(path, MEGABYTE)
    if path.suffix.lower() == ".json":
        return document_of(content, path.name)
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise refused(
            path.name, f"un fichier {quoted(path.suffix or path.name)}", "un fichier .yaml ou .json"
        )
    text = text_of(content, path.name)
    try:
        document: object = yaml.load(text, _Loader)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise refused(
            f"{path.name}{_line(error)}", "du YAML illisible", "des lignes « champ: valeur »"
        ) from None
    if not isinstance(document, dict):
        raise refused(path.name, _found(document), "des lignes « champ: valeur »")
    return {str(name): value for name, value in document.items()}


def _line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", ligne {mark.line + 1}" if mark else ""


def _found(value: object) -> str:
    return "rien" if value is None else quoted(shown(value))
