"""An evaluator never accompanied the household: neither follower, nor referent, nor in its IP_SOUTIEN.

Source: H2.5 (proposition 2). The referent is the one given or the one that the plan attributes.
Not posted: followers and the given referent have no variable for these acts, and nobody of EVALUATION serves
SECTEUR, to which new referents and IP_SOUTIEN belong.
"""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation

SUPPORT = "IP_SOUTIEN"


def check(reading: Reading) -> Iterator[Violation]:
    """Each evaluator who is close to the household."""
    supporters: defaultdict[str, set[str]] = defaultdict(set)
    for row, mission, _ in reading.mission_rows:
        if mission.type == SUPPORT and mission.case_id:
            supporters[mission.case_id].update(row.person_ids)
    for row, mission, kind in reading.mission_rows:
        if not kind.ip or not mission.case_id:
            continue
        links = _links(reading, mission.case_id, supporters[mission.case_id])
        for person in row.person_ids:
            for link in links.get(person, ()):
                sentence = f"{person} évalue la situation {mission.case_id} dont il est {link}"
                yield Violation(
                    "H2.5", sentence, 1, "personnes", None, row.item_id, (person,), row.source.start
                )


def _links(reading: Reading, case_id: str, supporters: set[str]) -> dict[str, list[str]]:
    links: defaultdict[str, list[str]] = defaultdict(list)
    if case := reading.week.case.get(case_id):
        for person in case.followers:
            links[person].append("un ancien accompagnant")
        if case.referent_id:
            links[case.referent_id].append("le référent")
    for referent in reading.attributed.get(case_id, ()):
        links[referent.id].append("le nouveau référent")
    for person in sorted(supporters):
        links[person].append("le soutien")
    return links


RULE = Rule("H2.5", "Distance des évaluateurs", "proposition 2", RuleLevel.NEVER, check)
