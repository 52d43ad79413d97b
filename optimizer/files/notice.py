"""The notice of one decision: how the tool contributed, with what data, rules and weights, for who asks.

Source: CRPA L311-3-1 and R311-3-1-2 (degree and mode of contribution, data and their sources, parameters and
weights, operations). It holds no content of a case, no household key, no motive, and names a mission by a
reference.
"""

from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

from optimizer.answers.explain import WhyNot, WhyThis
from optimizer.check import NAMES
from optimizer.files import answer_words as words
from optimizer.files.labels import number
from optimizer.files.shown import reference
from optimizer.plan import Plan
from optimizer.rules import COMMITMENTS, NEVER, PREFERENCES, Rule
from optimizer.sentences import URGENCIES
from optimizer.standing import Standing
from optimizer.week import Mission

FORMS = (".txt", ".html")
Section = tuple[str, list[str]]
WEIGHTS = {
    "urgency_late_day": "une urgence en retard, par jour",
    "priority_request_late_day": "une demande prioritaire en retard, le premier jour",
    "ordinary_request_late_day": "une demande ordinaire en retard, le premier jour",
    "legal_late_day": "un délai légal dépassé, par jour",
    "late": "une autre mission en retard",
    "waiting_day": "ce qui peut attendre, par jour d'attente",
    "reception_missing": "une personne de moins à l'accueil, par demi-journée",
    "urgency_hour_missing": "une heure d'urgence non gardée",
    "not_referent": "un rendez-vous sans le référent",
    "possible_not_core": "un métier possible qui n'est pas le cœur",
    "step": "un déplacement demandé à un foyer",
    "travel_minute": "une minute de trajet",
}
"""The weights that decide who receives and when, in words."""


def notice(standing: Standing, answer: WhyNot | WhyThis, path: Path) -> str:
    """The notice of a decision, in the form that a path's ending names: `.txt` or `.html`."""
    sections = list(_sections(standing, answer))
    return _page(sections) if path.suffix.lower() == ".html" else _text(sections)


def _sections(standing: Standing, answer: WhyNot | WhyThis) -> Iterator[Section]:
    mission, plan = answer.mission, standing.plan
    yield "Décision", [f"Référence {reference(mission.id)}", *_decided(standing, mission)]
    yield (
        "Part de l'outil",
        [
            "L'outil calcule une proposition de planning ; il ne décide pas.",
            "Une professionnelle ou un professionnel valide chaque date avant qu'elle soit annoncée.",
            "L'outil n'apprend rien des personnes, ne les classe pas et ne refuse aucune demande.",
            *_origin(plan),
        ],
    )
    yield "Données employées", list(_data(standing, mission))
    yield (
        "Règles qui ne plient jamais",
        [
            "Les propositions citées sont celles de l'ANAS pour la polyvalence de secteur.",
            *(_rule(rule) for rule in NEVER),
        ],
    )
    yield "Ce qui est compté, et ce que cela pèse (points)", list(_weights(standing))
    yield "Pourquoi", list(_why(answer))


def _decided(standing: Standing, mission: Mission) -> Iterator[str]:
    rows = standing.reading.parts.get(mission.id, ())
    for row in rows:
        source = row.source
        professions = words.listed(person.profession for person in row.people)
        yield f"Placé le {words.moment(source.start)}, {words.place(source)}, avec : {professions}."
    dated = next((row.date for row in standing.plan.queue if row.mission_id == mission.id), None)
    if dated:
        yield f"Reçu le {_day(dated)}, dans la file des demandes."
    elif not rows:
        yield "Pas encore placé dans la période."


def _day(day: date) -> str:
    return f"{words.on(day)}/{day:%Y}"


def _origin(plan: Plan) -> Iterator[str]:
    if plan.provenance:
        yield (
            f"Version {plan.provenance.product_version} ; plan {plan.provenance.plan_hash[:12]}, "
            f"semaine {plan.provenance.week_hash[:12]}."
        )


def _data(standing: Standing, mission: Mission) -> Iterator[str]:
    kind = standing.week.types[mission.type]
    yield f"Nature : {kind.label} ; durée {mission.duration_minutes} minutes."
    received, release, due = (_day(day) for day in (mission.received, mission.release, mission.due))
    yield f"Reçu le {received} ; au plus tôt le {release} ; échéance le {due}."
    if mission.urgency:
        yield f"Classe d'urgence, choisie par une professionnelle : {URGENCIES[mission.urgency]}."
    yield "Présences, horaires, absences (sans motif) et métiers de l'équipe ; salles, ouverture, trajets."
    if mission.case_id:
        yield "Le référent de la situation, s'il y en a un."
    yield "Ni motif, ni nom, ni adresse, ni contenu de la situation : l'outil ne les connaît pas."


def _rule(rule: Rule) -> str:
    source = f" ({rule.source})" if rule.source.startswith("proposition") else ""
    return f"{rule.name}{source}"


def _weights(standing: Standing) -> Iterator[str]:
    organisation = standing.week.organisation
    for weights in (organisation.commitments, organisation.preferences):
        for name, said in WEIGHTS.items():
            if hasattr(weights, name):
                yield f"{said} : {number(getattr(weights, name))}"
    others = len(COMMITMENTS) + len(PREFERENCES)
    yield f"Liste entière des {others} éléments comptés : documentation du logiciel (docs/semantics.md)."


def _why(answer: WhyNot | WhyThis) -> Iterator[str]:
    """The reasons, without the names of people nor the keys of households."""
    if isinstance(answer, WhyThis):
        yield from _beside_others(answer)
        return
    if answer.conflict is None:
        yield "Une place est ouverte dans les délais, que ce plan n'a pas prise."
    else:
        kinds = dict.fromkeys(fact.kind for fact in answer.conflict)
        yield f"Aucune place d'ici le {_day(answer.until)}, pour ces raisons ensemble :"
        yield from (words.KINDS[kind] for kind in kinds)
    if answer.short:
        yield f"Il manque du temps : {words.short(answer.short)}."


def _beside_others(answer: WhyThis) -> Iterator[str]:
    """What was compared, and what was found."""
    others = [one.effect.order for one in (answer.other_people, answer.other_time) if one]
    if len(answer.rows) > 1:
        yield "En plusieurs parties : les autres moments ne sont pas comparés."
    elif not others:
        yield "Tout le reste gardé, aucune autre place n'est ouverte."
    elif min(others) < (0, 0):
        yield "Tout le reste gardé, une autre place coûterait moins à l'ensemble."
    else:
        yield "Tout le reste gardé, aucune autre place comparée ne coûte moins à l'ensemble."
    for one in answer.paid:
        yield f"{words.points((one.tenths or 0) / 10)} comptés au titre de « {NAMES[one.rule]} »"


def _text(sections: list[Section]) -> str:
    blocks = (f"{title}\n" + "\n".join(f"- {line}" for line in lines) for title, lines in sections)
    return "Notice d'une décision de planning\n\n" + "\n\n".join(blocks) + "\n"


def _page(sections: list[Section]) -> str:
    blocks = "".join(
        f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
        for title, lines in sections
    )
    style = "body{font:16px/1.5 sans-serif;max-width:42em;margin:2em auto;padding:0 1em}h2{font-size:1.1em}"
    return (
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Notice d\'une décision</title>'
        f"<style>{style}</style><h1>Notice d'une décision de planning</h1>{blocks}</html>\n"
    )
