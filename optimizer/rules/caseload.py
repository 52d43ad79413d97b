"""Caseloads follow the quotité, within ten percent.

Among the people of SECTEUR who may do SUIVI and stay: files now plus the weights attributed. Source: design,
preferences; only whole units beyond the band count.
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each person above or under the band."""
    price = tenths(reading.week.organisation.preferences.caseload_deviation)
    load = {person.id: person.dossiers for person in reading.accompanying if reading.stays(person)}
    quotite = {person.id: person.quotite for person in reading.accompanying if reading.stays(person)}
    for case_id, people in reading.attributed.items():
        for person in people:
            if person.id in load and case_id in reading.week.case:
                load[person.id] += reading.week.case[case_id].weight
    total, whole = sum(load.values()), sum(quotite.values())
    for person_id, files in load.items():
        most = 11 * total * quotite[person_id] // (10 * whole)
        least = -(-9 * total * quotite[person_id] // (10 * whole))
        if beyond := max(0, files - most) + max(0, least - files):
            sentence = f"{person_id} suit {files} situations, pour {least} à {most} au prorata"
            yield Violation("caseload", sentence, beyond, "situations", beyond * price, None, (person_id,))


RULE = Rule("caseload", "Situations suivies", "équité", RuleLevel.PREFERENCE, check)
