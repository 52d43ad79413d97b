"""What takes a room is held while its site is open to the public, in the half-day of its people.

Source: docs/semantics.md, section 2.
Not posted: variables exist in these hours only.
"""

from collections.abc import Iterator

from optimizer.clock import DAY_MINUTES
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import between


def check(reading: Reading) -> Iterator[Violation]:
    """Each row in a room outside the opening hours."""
    for row in reading.rows:
        if not row.takes_a_room or row.site_id is None or row.stretch.minutes <= 0:
            continue
        hours = reading.presence.opening[row.site_id].get(row.stretch.start // DAY_MINUTES, ())
        site, when = row.site_id, between(row.source.start, row.source.end)
        sentence = None
        if not any(window.holds(*row.stretch) for window in hours):
            sentence = f"{row.item_id} est tenu à {site} hors des heures d'ouverture, {when}"
        elif not all(reading.presence.is_open_in_the_half(site, p, row.stretch) for p in row.person_ids):
            sentence = f"{row.item_id} est tenu à {site} dans une autre demi-journée que la sienne, {when}"
        if sentence:
            yield Violation(
                "opening", sentence, 1, "lignes", None, row.item_id, row.person_ids, row.source.start
            )


RULE = Rule("opening", "Heures d'ouverture", "semantics.md, 2", RuleLevel.NEVER, check, is_local=True)
