"""Sentences of the product as the service says them: with its own fields, where commands have options."""

import re

OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]*)")
OTHERWISE = {
    "replan --meeting": "l'évènement meeting_moved",
    "--why-not": "item_id",
    ", ou Ctrl-C,": "",
    " (en JSON) ou jj/mm/aaaa hh:mm": "",
    " (en JSON) ou jj/mm/aaaa": "",
}
"""What is not the name of an option alone."""


def over_http(sentence: str) -> str:
    """A sentence without what only the command line knows."""
    for typed, said in OTHERWISE.items():
        sentence = sentence.replace(typed, said)
    return OPTION.sub(lambda found: found[1].replace("-", "_"), sentence)
