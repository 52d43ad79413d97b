"""The table of contents, the rule files and the test files name the same rules."""

from importlib import import_module
from pathlib import Path

import optimizer.rules
from optimizer.rules import COMMITMENTS, NEVER, PREFERENCES, RULES, RuleLevel

NOT_RULES = {"__init__", "rule", "wording"}
RULE_FILES = {
    path.stem for folder in optimizer.rules.__path__ for path in Path(folder).glob("*.py")
} - NOT_RULES


def test_every_rule_has_a_test() -> None:
    tested = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert tested >= RULE_FILES


def test_every_rule_file_is_in_the_table_of_contents() -> None:
    in_files = {import_module(f"optimizer.rules.{name}").RULE.code for name in RULE_FILES}
    assert in_files == {rule.code for rule in RULES}


def test_every_code_is_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_every_group_holds_its_level() -> None:
    groups = {RuleLevel.NEVER: NEVER, RuleLevel.COMMITMENT: COMMITMENTS, RuleLevel.PREFERENCE: PREFERENCES}
    assert all({rule.level for rule in rules} == {level} for level, rules in groups.items())
