"""What the report of a composed team says, in French and in English: labels, figures and sentences.

Ids of services, sites, people and weeks are shown as they are.
"""

from enum import StrEnum

from optimizer.composed import ComposedTeam, OneGrade, Shortage
from optimizer.plan import Status
from optimizer.team import Start
from optimizer.words import Profession


class Language(StrEnum):
    """The languages of the report."""

    FRENCH = "fr"
    ENGLISH = "en"


class Euros(int):
    """An amount of money."""


class Share(float):
    """A part of a whole, told in percent."""


class Change(float):
    """How much more or less, told with its sign."""


Cell = str | int | float | None
LEAST_SHARE = 0.00005
FRENCH_SIGNS = str.maketrans({",": "\N{NARROW NO-BREAK SPACE}", ".": ","})
NO_BREAK = "\N{NO-BREAK SPACE}"

NAMES: dict[Profession, tuple[str, str]] = {
    Profession.AS: ("Assistant(e) de service social", "Social worker"),
    Profession.CESF: ("Conseiller(ère) en économie sociale familiale", "Home-economics social worker"),
    Profession.ES: ("Éducateur(trice) spécialisé(e)", "Specialised educator"),
    Profession.PUER: ("Puéricultrice", "Child nurse"),
    Profession.MED_PMI: ("Médecin de PMI", "PMI doctor"),
    Profession.CT: ("Cadre technique", "Team manager"),
    Profession.SECR: ("Secrétariat", "Reception desk"),
    Profession.PSY: ("Psychologue", "Psychologist"),
    Profession.EJE: ("Éducateur(trice) de jeunes enfants", "Early-childhood educator"),
}
SOMEONE: dict[Profession, tuple[str, str]] = {
    Profession.AS: ("une AS", "an AS"),
    Profession.CESF: ("une CESF", "a CESF"),
    Profession.ES: ("une ES", "an ES"),
    Profession.PUER: ("une puéricultrice", "a child nurse"),
    Profession.MED_PMI: ("un médecin de PMI", "a PMI doctor"),
    Profession.CT: ("un cadre technique", "a team manager"),
    Profession.SECR: ("une personne du secrétariat", "someone of the reception desk"),
    Profession.PSY: ("un ou une psychologue", "a psychologist"),
    Profession.EJE: ("une EJE", "an EJE"),
}

LABELS: dict[str, tuple[str, str]] = {
    "title": ("Équipe composée", "Composed team"),
    "notice": (
        "Proposition calculée, où des personnes sont désignées par leur identifiant ; "
        "elle éclaire une décision et ne la prend pas.",
        "A computed proposal, in which people are named by their id; it informs a decision and takes none.",
    ),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "any": ("tous", "any"),
    "none": ("rien", "nothing"),
    "nobody": ("personne", "nobody"),
    "colon": (" : ", ": "),
    "more": ("et {n} de plus, dans le classeur", "and {n} more, in the workbook"),
    # the whole
    "summary": ("Résumé", "Summary"),
    "figure": ("Chiffre", "Figure"),
    "value_of": ("Valeur", "Value"),
    "proof": ("Preuve", "Proof"),
    "proven": (
        "Prouvé : cette équipe coûte {cost} par an, et aucune équipe qui atteint {weeks} dans les limites "
        "demandées ne coûte moins.",
        "Proven: this team costs {cost} a year, and no team that reaches {weeks} within the limits asked for "
        "costs less.",
    ),
    "bounded": (
        "Cette équipe coûte {cost} par an ; il est prouvé qu'aucune équipe qui atteint {weeks} dans les "
        "limites demandées ne coûte moins de {bound} : il reste {rest} ({gap}) à gagner au plus.",
        "This team costs {cost} a year; it is proven that no team that reaches {weeks} within the limits "
        "asked for costs less than {bound}: at most {rest} ({gap}) is left to gain.",
    ),
    "partly": (
        "Cette équipe coûte {cost} par an et atteint {n} des {total} semaines demandées ; il est prouvé "
        "qu'aucune équipe qui en atteint autant dans les limites demandées ne coûte moins de {bound}.",
        "This team costs {cost} a year and reaches {n} of the {total} weeks asked for; it is proven that no "
        "team that reaches as many within the limits asked for costs less than {bound}.",
    ),
    "interrupted": (
        "Le calcul a été interrompu avant sa limite : une équipe moins chère se trouverait peut-être.",
        "The computation was interrupted before its limit: a cheaper team might be found.",
    ),
    "the_week": ("la semaine demandée", "the week asked for"),
    "the_weeks": ("les {n} semaines demandées", "the {n} weeks asked for"),
    "cost": ("Coût par an", "Cost a year"),
    "bound": ("Coût minimal prouvé", "Proven least cost"),
    "absolute_gap": ("Écart", "Gap"),
    "gap": ("Écart, en part du coût", "Gap, as a share of the cost"),
    "posts": ("Postes à temps plein", "Full-time posts"),
    "present_cost": ("Coût par an de l'équipe présente", "Cost a year of the present team"),
    "present_posts": ("Postes à temps plein de l'équipe présente", "Full-time posts of the present team"),
    "people_kept": ("Personnes qui restent", "People who stay"),
    "posts_opened": ("Postes à ouvrir", "Posts to open"),
    "posts_closed": ("Postes à fermer", "Posts to close"),
    "weeks_reached": ("Semaines atteintes", "Weeks reached"),
    "of": ("{n} sur {total}", "{n} of {total}"),
    "tile_present": ("équipe présente : {value}", "present team: {value}"),
    "tile_gap": ("écart : {rest} ({gap})", "gap: {rest} ({gap})"),
    "tile_moves": ("postes : {opened} ouverts, {closed} fermés", "posts: {opened} opened, {closed} closed"),
    "tile_share": ("{share} demandés", "{share} asked for"),
    # professions and posts
    "professions": ("Professions", "Professions"),
    "by_profession": ("Postes à temps plein par profession", "Full-time posts by profession"),
    "chart": (
        "Barres : équipe présente et équipe composée ; le tableau voisin donne les mêmes chiffres.",
        "Bars: present team and composed team; the table beside gives the same figures.",
    ),
    "profession": ("Profession", "Profession"),
    "name": ("Nom", "Name"),
    "present": ("Présente", "Present"),
    "composed": ("Composée", "Composed"),
    "present_team": ("équipe présente", "present team"),
    "composed_team": ("équipe composée", "composed team"),
    "change": ("Différence", "Change"),
    "moves": ("Postes", "Posts"),
    "move": ("Mouvement", "Move"),
    "open": ("à ouvrir", "to open"),
    "close": ("à fermer", "to close"),
    "keep": ("gardé", "kept"),
    "service": ("Service", "Service"),
    "site": ("Site", "Site"),
    "pattern": ("Temps", "Hours"),
    "quotite": ("Quotité", "Share of full time"),
    "number": ("Nombre", "Number"),
    "ids": ("Identifiants", "Ids"),
    "person": ("Identifiant", "Id"),
    "nothing_opened": ("Aucun poste à ouvrir.", "No post to open."),
    "nothing_closed": ("Aucun poste à fermer.", "No post to close."),
    "services": ("Équipes", "Teams"),
    "by_service": ("Équipes : services planifiés ensemble", "Teams: services planned together"),
    # weeks
    "weeks": ("Semaines", "Weeks"),
    "weeks_title": (
        "Semaines, en points d'engagement (moins il y en a, mieux c'est)",
        "Weeks, in points of commitments (the fewer the better)",
    ),
    "tightest": ("Les {n} plus tendues sur {total}.", "The {n} tightest of {total}."),
    "strip": (
        "Points d'engagement : moins, c'est mieux. Trait : cible.",
        "Points of commitments: fewer is better. Line: target.",
    ),
    "as_bar": ("En barre", "As a bar"),
    "week": ("Semaine", "Week"),
    "floor": ("Plancher", "Floor"),
    "target": ("Cible", "Target"),
    "value": ("Valeur", "Value"),
    "is_reached": ("Atteinte", "Reached"),
    "week_hash": ("Empreinte de la semaine", "Hash of the week"),
    "plan_hash": ("Empreinte du plan", "Hash of the plan"),
    # what it means
    "half_times": ("Un mi-temps de plus", "One more half-time"),
    "half_times_title": (
        "Un mi-temps de plus dans l'{team}",
        "One more half-time post in the {team}",
    ),
    "points": ("Points évités", "Points avoided"),
    "over_all_weeks": ("Points évités sur toutes les semaines.", "Points avoided over all weeks."),
    "no_half_times": ("Aucun chiffre.", "No figure."),
    "needs": ("Besoins de professions", "Needs of professions"),
    "needs_title": (
        "Professions qui manquent à l'{team}, en demi-journées",
        "Professions that the {team} lacks, in half-days",
    ),
    "needed": ("Demandées", "Needed"),
    "covered": ("Assurées", "Covered"),
    "lacking": ("Manquantes", "Lacking"),
    "sentence": ("En une phrase", "In a sentence"),
    "no_needs": (
        "Aucun manque de demi-journées n'est prouvé.",
        "No lack of half-days is proven.",
    ),
    "need_1": ("1 demi-journée demande {who}", "1 half-day needs {who}"),
    "need_n": ("{n} demi-journées demandent {who}", "{n} half-days need {who}"),
    "cover_0": ("aucune ne peut être assurée", "none can be covered"),
    "cover_1": ("1 peut être assurée", "1 can be covered"),
    "cover_n": ("{n} peuvent être assurées", "{n} can be covered"),
    "grade": ("Un seul grade (SIMULATION)", "One grade (SIMULATION)"),
    "grade_title": ("Prix de la distinction des professions", "Price of keeping professions distinct"),
    "stamp": ("SIMULATION : aucun plan n'existe", "SIMULATION: no plan exists"),
    "grade_sentence": (
        "Si AS, CESF et ES étaient un seul grade interchangeable, toute équipe coûterait au moins {one} par "
        "an ; comme professions distinctes, au moins {bound}. Entre ces deux minimums prouvés : {difference} "
        "par an. Ce chiffre mesure ; il ne dit pas quelle organisation est la bonne.",
        "If AS, CESF and ES were one interchangeable grade, any team would cost at least {one} a year; as "
        "distinct professions, at least {bound}. Between these two proven minimums: {difference} a year. "
        "This figure measures; it does not say which organisation is right.",
    ),
    "grade_bound": ("Coût minimal prouvé si un seul grade", "Proven least cost under one grade"),
    "grade_difference": ("Différence par an", "Difference a year"),
    "no_grade": ("Non calculé dans le temps donné.", "Not computed in the time given."),
    # what was asked
    "request": ("Demande et notes", "Request and notes"),
    "notes_title": ("Demande, hypothèses et limites", "Request, assumptions and limits"),
    "asked": ("Demande", "Request"),
    "start": ("Composée à partir de", "Composed from"),
    "start_present": ("l'équipe présente", "the present team"),
    "start_nothing": ("rien", "nothing"),
    "asked_keep": ("Doivent rester", "Must stay"),
    "share": ("Part des semaines à atteindre", "Share of the weeks to reach"),
    "tolerance": ("Tolérance, en points", "Tolerance, in points"),
    "full_time": ("Coût d'un temps plein par an", "Cost a year of a full-time post"),
    "as_at_opening": (
        "Une AS du secteur par site ouvert au public",
        "An AS of the sector team for each site open to the public",
    ),
    "at_meetings": (
        "Les postes ouverts sont là aux réunions du service",
        "Posts opened are there at the meetings of the service",
    ),
    "two_people": ("Deux personnes au moins pour", "Two people at least for"),
    "per_manager": ("Personnes par cadre, au plus", "People for a manager, at most"),
    "asked_bounds": ("Bornes", "Bounds"),
    "asked_posts": ("Postes qui peuvent être ouverts", "Posts that may be opened"),
    "between": ("de {least} à {most}", "from {least} to {most}"),
    "note": ("Note", "Note"),
    "provenance": ("Provenance", "Provenance"),
}

NOTES = {
    "Points perdus au plus par équipe et semaine sur une équipe à qui rien ne manque : ": (
        "Points lost at most by a team in a week against a team that lacks nothing: "
    ),
    "Un poste ouvert n'a ni absence ni congé": (
        "A post opened has neither absence nor leave: the team found has no margin for its own."
    ),
    "Les absences des personnes présentes": ("The absences of people present are those of the weeks given."),
    "Un temps plein coûte 67 000 euros par an quel que soit le métier": (
        "A full-time post costs 67,000 euros a year whatever the profession: an assumption, drawn from the "
        "Cour des comptes (2025)."
    ),
    "Réunions laissées de côté, personne de ceux qu'elles nomment n'étant là : ": (
        "Meetings left out, nobody that they name being there: "
    ),
}
"""The notes of the door `compose`, by how they begin; what follows a last colon is said again as it is."""


def label(code: str, language: Language) -> str:
    """The word or the sentence of a code; names between braces are left to fill in."""
    return _in(LABELS[code], language)


def _in(both: tuple[str, str], language: Language) -> str:
    french, english = both
    return french if language is Language.FRENCH else english


def profession_name(code: str, language: Language) -> str:
    """The name of a profession; a code without one is shown as it is."""
    return _in(NAMES[Profession(code)], language) if code in NAMES else code


def shown(value: Cell, language: Language) -> str:
    """A text as it is; a figure the French or the English way."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, Share):
        return _percent(value, language)
    digits = _digits(value, language)
    if isinstance(value, Euros):
        return _in((f"{digits}{NO_BREAK}€", f"€{digits}"), language)
    return f"+{digits}" if isinstance(value, Change) and value > 0 and digits != "0" else digits


def _digits(value: float, language: Language) -> str:
    """At most two decimals: 1 234,5 or 1,234.5."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")
    text = "0" if text == "\N{MINUS SIGN}0" else text
    return text.translate(FRENCH_SIGNS) if language is Language.FRENCH else text


def _percent(share: float, language: Language) -> str:
    """2,8 % or 2.8%; never 0 for something."""
    is_little = 0 < share < LEAST_SHARE
    digits = _digits(0.01 if is_little else 100 * share, language)
    text = _in((f"{digits}{NO_BREAK}%", f"{digits}%"), language)
    return _in(("moins de ", "less than "), language) + text if is_little else text


def proof_sentence(team: ComposedTeam, language: Language) -> str:
    """What is proven of the cost; a team that misses a week is not set against those that reach them all."""
    reached = sum(week.is_reached for week in team.weeks)
    code = "proven" if team.status is Status.OPTIMAL else "bounded"
    code = code if reached == len(team.weeks) else "partly"
    weeks = label("the_week" if len(team.weeks) == 1 else "the_weeks", language)
    sentence = label(code, language).format(
        cost=shown(Euros(team.cost), language),
        weeks=weeks.format(n=len(team.weeks)),
        bound=shown(Euros(team.bound), language),
        rest=shown(Euros(team.absolute_gap), language),
        gap=shown(Share(team.gap), language),
        n=reached,
        total=len(team.weeks),
    )
    return f"{sentence} {label('interrupted', language)}" if team.provenance.get("interrupted") else sentence


def need_sentence(need: Shortage, language: Language) -> str:
    """6 demi-journées demandent une ES, 4 peuvent être assurées."""
    who = _in(SOMEONE[need.profession], language)
    asked = label("need_1" if need.needed == 1 else "need_n", language)
    covered = label(f"cover_{need.covered if need.covered < 2 else 'n'}", language)
    return f"{asked.format(n=need.needed, who=who)}, {covered.format(n=need.covered)}"


def grade_sentence(team: ComposedTeam, one: OneGrade, language: Language) -> str:
    """What keeping professions distinct costs, by two bounds."""
    return label("grade_sentence", language).format(
        one=shown(Euros(one.bound), language),
        bound=shown(Euros(team.bound), language),
        difference=shown(Euros(one.difference), language),
    )


def base_of(team: ComposedTeam, language: Language) -> str:
    """The team that shadow values and needs speak of: the present one, unless nothing was kept of it."""
    is_present = (team.shadow_of or team.request.start) == Start.PRESENT
    return label("present_team" if is_present else "composed_team", language)


def note_in(text: str, language: Language) -> tuple[str, Language]:
    """A note, and the language that it could be told in: French when it has no translation."""
    known = next((french for french in NOTES if text.startswith(french)), None)
    if language is Language.FRENCH or known is None:
        return text, Language.FRENCH
    rest = text[len(known) :] if known.endswith(" : ") else ""
    return NOTES[known] + rest, language
