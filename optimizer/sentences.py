"""What the product's codes say to a reader, in French and in English.

docs/reasons.md lists the same sentences with what would change each answer.
"""

from dataclasses import dataclass

from optimizer.plan import Reason, ReservationKind, Status
from optimizer.words import ServiceKind, Urgency


@dataclass(frozen=True)
class Sentence:
    """One thing said in both languages, and what would change it."""

    french: str
    english: str
    remedy_french: str
    remedy_english: str


REASONS: dict[Reason, Sentence] = {
    Reason.WAITING: Sentence(
        "Peut attendre : l'échéance tombe après la période, et le temps est allé à ce qui presse davantage.",
        "May wait: it is due after the horizon, and the time went to what is more pressing.",
        "Une échéance plus proche, ou du temps libéré dans la période.",
        "An earlier due date, or time freed within the horizon.",
    ),
    Reason.NO_PROFESSION: Sentence(
        "Aucune personne présente n'exerce une profession qui peut le faire.",
        "Nobody present has a profession that may do this.",
        "La présence ou le recrutement d'une personne de cette profession ; aucune autre ne la remplace.",
        "Someone of that profession present or hired; no other profession stands in for it.",
    ),
    Reason.NO_PAIR: Sentence(
        "Les deux personnes demandées ne sont jamais libres ensemble, ou aucun binôme permis n'existe.",
        "The two people wanted are never free together, or no permitted pair exists.",
        "Une demi-journée commune à deux personnes de professions différentes, étrangères à la situation.",
        "A half-day shared by two people of different professions who never followed the household.",
    ),
    Reason.NO_ROOM: Sentence(
        "Aucune salle du type voulu n'est libre au bon endroit et au bon moment.",
        "No room of the kind needed is free at the right place and time.",
        "Une salle de plus sur ce site, ou un autre lieu.",
        "One more room at that site, or another place.",
    ),
    Reason.OUTSIDE_OPENING_HOURS: Sentence(
        "Ceux qui peuvent le faire ne sont libres que lorsque le site est fermé au public.",
        "Those who may do it are free only while the site is closed to the public.",
        "Une plage d'ouverture de plus, ou un autre lieu.",
        "More opening hours, or another place.",
    ),
    Reason.NO_CAPACITY: Sentence(
        "Ceux qui peuvent le faire n'ont plus de temps libre avant la fin de la période.",
        "Those who may do it have no time left before the end of the horizon.",
        "Du temps de ces professions en plus, ou moins de charge avant cette date.",
        "More time of those professions, or less load before that date.",
    ),
    Reason.TOO_LONG: Sentence(
        "La durée dépasse le plus long temps continu de ceux qui peuvent le faire.",
        "It lasts longer than the longest unbroken time of those who may do it.",
        "Une durée plus courte, ou une demi-journée plus longue.",
        "A shorter duration, or a longer half-day.",
    ),
    Reason.FIXED_TIME_TAKEN: Sentence(
        "L'heure fixée est déjà prise pour tous ceux qui peuvent le faire, ou tombe hors de leurs horaires.",
        "The fixed time is already taken for everyone who may do it, or lies outside their hours.",
        "Une autre heure, ou une heure laissée libre au planificateur.",
        "Another time, or no fixed time.",
    ),
    Reason.EVALUATION_ORDER: Sentence(
        "L'étape précédente de la même évaluation n'est pas encore placée.",
        "The step before it in the same evaluation is not placed yet.",
        "Placer d'abord les rencontres, puis la concertation, puis le rapport.",
        "Place the meetings first, then the concertation, then the report.",
    ),
}

RESERVATIONS: dict[ReservationKind, str] = {
    ReservationKind.RECEPTION: "Permanence d'accueil",
    ReservationKind.URGENCY: "Heure gardée pour les urgences",
    ReservationKind.WRITING: "Écrits",
    ReservationKind.COLLECTIVE: "Temps collectif",
    ReservationKind.PREPARATION: "Préparation d'action collective",
    ReservationKind.TRAVEL: "Trajet",
}

RESERVATION_CODES: dict[str, str] = {
    ReservationKind.RECEPTION: "PERMANENCE",
    ReservationKind.URGENCY: "GARDE_URGENCE",
    ReservationKind.WRITING: "ECRITS",
    ReservationKind.COLLECTIVE: "COLLECTIF",
    ReservationKind.PREPARATION: "PREPARATION",
    ReservationKind.TRAVEL: "TRAJET",
}

LEVELS: dict[str, str] = {
    "commitments": "Engagements",
    "disturbance": "Changements par rapport au plan publié",
    "preferences": "Préférences",
}

STATUSES: dict[Status, str] = {
    Status.OPTIMAL: "Optimal : il est prouvé qu'aucun plan permis ne fait mieux.",
    Status.FEASIBLE: "Réalisable : le plan tient ; l'écart dit ce qui reste à gagner au plus.",
    Status.INFEASIBLE: "Impossible : ce qui est fixé ne peut pas tenir ensemble.",
    Status.UNKNOWN: "Inconnu : la limite est arrivée avant un plan.",
}

URGENCIES: dict[Urgency, str] = {
    Urgency.URGENT: "urgent",
    Urgency.PRIORITY: "prioritaire",
    Urgency.ORDINARY: "ordinaire",
}

TEAMS: dict[ServiceKind, str] = {
    ServiceKind.SECTEUR: "Polyvalence de secteur",
    ServiceKind.CONTRAT: "Pôle contrats",
    ServiceKind.EVALUATION: "Pôle évaluation",
    ServiceKind.PMI: "PMI",
    ServiceKind.ASE: "ASE",
}

INDICATORS: dict[str, str] = {
    "S1.6_steps": "Déplacements d'un foyer vers un site pendant la période (un par site et par jour)",
    "S1.6_places": "Sites différents où un foyer doit aller",
    "S1.6_households_at_a_contract_place_apart": "Foyers reçus pour un contrat ailleurs qu'à leur site",
    "R2.7_evaluations": "Foyers en cours d'évaluation",
    "R2.7_evaluations_late": "Évaluations dont un acte dépasse son échéance",
    "R2.7_share_late": "Part des évaluations en retard",
    "R2.7_travel_hours": "Heures de trajet des évaluateurs",
    "R2.7_pairs_impossible": "Actes sans binôme possible",
    "R2.7_hours_freed": "Heures que les propositions 1 et 2 retirent à l'équipe de secteur",
    "H3.1_training_days": "Jours de formation de l'année : attendus, et manquant après ce plan",
    "H3.1_training_days_missing": "À qui il manque des jours de formation, et combien",
    "R3_collective_hours": "Temps collectif tenu, réservé, attendu et manquant, en heures",
    "R3.7_hours": "Heures libérées, heures que demande la proposition 3, et solde",
    "R3.7_missing_fte": "Équivalents temps plein qui manquent, par service",
    "R4.7_delay_median_days": "Délai médian d'une demande, par site et par classe, en jours ouvrés",
    "R4.7_delay_p90_days": "Délai que neuf demandes sur dix ne dépassent pas",
    "R4.7_delay_max_days": "Délai le plus long",
    "R4.7_delay_all_days": "Délais de toutes les demandes",
    "R4.7_requests": "Demandes reçues",
    "R4.7_share_without_reason": "Part des demandes sans motif, reçues comme les autres",
    "R4.7_waiting": "Demandes datées après la période",
    "R4.7_waiting_by_site": "Demandes datées après la période, par site",
    "R5.2_core_share": "Part des heures passées au cœur du métier, par profession",
    "R5.4_not_covered_by_profession": "Ce que personne de présent ne peut faire, par type",
    "R_load_hours_per_fte": "Heures de missions par temps plein dans l'équipe de secteur",
    "R_assumptions": "Chiffres qui reposent sur une hypothèse",
}

INDICATOR_WORDS: dict[str, str] = {
    "": "sans site",
    "urgent": "urgent",
    "priority": "prioritaire",
    "ordinary": "ordinaire",
    "min": "le moins",
    "median": "médiane",
    "max": "le plus",
    "p90": "neuf sur dix au plus",
    "people": "personnes",
    "households": "foyers",
    "held": "tenu",
    "reserved": "réservé",
    "quota": "attendu",
    "missing": "manquant",
    "freed_by_P1": "libérées par P1",
    "freed_by_P2": "libérées par P2",
    "needed_by_P3_quota": "P3, temps réservé",
    "needed_by_P3_training": "P3, formation",
    "balance_with_posts_of_their_own": "solde si les services distincts ont leurs postes",
    "balance_with_posts_taken_from_the_team": "solde si leurs postes sont pris à l'équipe",
}


def level_label(name: str) -> str:
    """The French name of an objective level; a level without one keeps its code."""
    return LEVELS.get(name, name)
