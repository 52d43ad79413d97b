"""The page of rules names every rule file, and only files that exist."""

import re
from pathlib import Path

from optimizer import rules
from optimizer.rules import RULES

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE))
MODULES = {rule.check.__module__.removeprefix("optimizer.rules.") for rule in RULES}


def test_every_rule_is_on_the_page() -> None:
    assert MODULES <= NAMED, f"{sorted(MODULES - NAMED)} are not in docs/rules.md"


def test_the_page_names_no_rule_that_does_not_exist() -> None:
    others = {"no_profession", "professions"}
    assert NAMED - MODULES - others == set()
    assert {path.stem for path in Path(rules.__path__[0]).glob("*.py")} >= MODULES
