"""What the answers about a plan say, in French: conflicts, groups that are short, changes, choices."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import zip_longest

from optimizer.answers.changes import Change, ChangeKind
from optimizer.answers.contradiction import Contradiction
from optimizer.answers.exact import Exact
from optimizer.answers.explain import WhyNot, WhyThis
from optimizer.answers.obstacles import Fact, FactKind
from optimizer.check import in_words
from optimizer.claims import PRICED
from optimizer.engines.shortage import Shortage
from optimizer.files.labels import DAYS, hour, number
from optimizer.plan import Assignment, Place, ReservationKind
from optimizer.rules import Violation
from optimizer.sentences import RESERVATIONS, level_label
from optimizer.standing import Effect
from optimizer.week import Mission, Week

ALL_SHOWN = 12
KINDS = {
    FactKind.SERVICE: "une seule équipe peut le faire",
    FactKind.PROFESSION: "certains métiers ne peuvent pas le faire",
    FactKind.WANTED: "un métier précis est demandé",
    FactKind.DISTANCE: "qui suit ou a suivi la situation ne peut l'évaluer",
    FactKind.PAIR: "il faut deux métiers différents",
    FactKind.RELEASE: "la date au plus tôt",
    FactKind.DUE: "l'échéance",
    FactKind.FIXED: "l'heure fixée",
    FactKind.OPENING: "les heures d'ouverture au public",
    FactKind.ROOMS: "les salles sont prises",
    FactKind.HOURS: "les horaires de travail",
    FactKind.ABSENCE: "des absences",
    FactKind.AGENDA: "des agendas déjà pris",
    FactKind.WORK: "le temps de l'équipe est déjà donné à d'autres personnes",
    FactKind.HOUSEHOLD: "l'ordre et le binôme des actes de l'évaluation",
    FactKind.DAY: "des journées qui ne tiendraient plus (trajets, midi, repos)",
}
"""What each kind of fact is, without a name."""


def moment(instant: datetime) -> str:
    """mardi 12/01 à 9h30."""
    return f"{on(instant)} à {hour(instant)}"


def on(day: date) -> str:
    """mardi 12/01."""
    return f"{DAYS[day.weekday()]} {day:%d/%m}"


def listed(names: Iterable[str]) -> str:
    """A, B et C."""
    found = list(dict.fromkeys(names))
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} et {found[-1]}"


def points(value: float) -> str:
    """12,5 points, 1 point."""
    return f"{number(value)} point{'s' if abs(value) >= 2 else ''}"


def price(effect: Effect) -> str:
    """What a change costs and gains, level after level."""
    said = []
    for level in effect.prices:
        if level.difference:
            verb = "coûte" if level.difference > 0 else "gagne"
            said.append(f"{verb} {points(abs(level.difference))} ({level_label(level.name).lower()})")
    return ", ".join(said) or "ne coûte rien"


def held(row: Assignment) -> str:
    """Who, when and where."""
    return f"{listed(row.professional_ids)}, le {moment(row.start)}, {place(row)}"


def place(row: Assignment) -> str:
    """à MDS-A, à domicile."""
    if row.place.startswith(Place.HOME):
        return "à domicile"
    return f"à {row.site_id}" if row.site_id else "hors site"


# ------------------------------------------------------------ a conflict


def conflict(answer: WhyNot) -> Iterator[str]:
    """The facts of a conflict, a line for each kind."""
    by_kind: dict[FactKind, list[Fact]] = defaultdict(list)
    for fact in answer.conflict or ():
        by_kind[fact.kind].append(fact)
    for kind in FactKind:
        if kind in by_kind:
            yield _facts(answer, kind, [fact.about for fact in by_kind[kind]])


def _facts(answer: WhyNot, kind: FactKind, about: list[str]) -> str:
    mission, people = answer.mission, listed(sorted(about))
    code = mission.type
    match kind:
        case FactKind.SERVICE:
            return f"{code} n'est fait que par l'équipe {people} (règle H0)"
        case FactKind.PROFESSION:
            return f"{code} n'est pas du métier de {people} (règle H5.1)"
        case FactKind.WANTED:
            return f"cette mission demande {people}"
        case FactKind.DISTANCE:
            return f"{people} suit ou a suivi cette situation, et ne peut donc l'évaluer (règle H2.5)"
        case FactKind.PAIR:
            return f"deux {people} ne font pas un binôme : il faut deux métiers (règle H2.3)"
        case FactKind.RELEASE:
            return f"rien avant le {on(mission.release)}, date au plus tôt"
        case FactKind.DUE:
            return f"rien après le {on(answer.until)}, échéance"
        case FactKind.FIXED:
            return (
                f"l'heure est fixée : {moment(mission.fixed_start)}" if mission.fixed_start else "heure fixée"
            )
        case FactKind.OPENING:
            return f"{people} ne reçoit qu'à ses heures d'ouverture au public"
        case FactKind.ROOMS:
            return f"les salles de {people} sont prises"
        case FactKind.HOURS:
            return f"horaires de travail : {people}"
        case FactKind.ABSENCE:
            return f"absences : {people}"
        case FactKind.AGENDA:
            return f"agenda déjà pris : {people}"
        case FactKind.WORK:
            return f"temps déjà donné par ce plan : {people}"
        case FactKind.HOUSEHOLD:
            return f"les autres actes de la même évaluation ({people})"
        case FactKind.DAY:
            return f"journées qui ne tiendraient plus (trajets, midi, repos) : {people}"


def short(found: Shortage) -> str:
    """The group that is short."""
    kept = (
        "une fois gardés l'accueil, les réunions et le temps réservé de ce plan"
        if found.is_beside_what_is_kept
        else "même sans accueil, réunion ni temps réservé"
    )
    return (
        f"{found.half_days} demi-journées de {listed(found.professions)} "
        f"du {on(found.first)} au {on(found.last)}, "
        f"il en faudrait {found.needed} pour les {found.missions} missions à faire d'ici là, {kept}"
    )


# ------------------------------------------------------------ changes


def change(week: Week, mission: Mission, found: Change) -> str:
    """One change, with its price."""
    return f"{_what(week, mission, found)} : {price(found.effect)}{_received(found.received)}"


def exact_price(found: Exact) -> str:
    """What a change costs with everything planned again."""
    said = [
        f"{'coûte' if points_more > 0 else 'gagne'} {points(abs(points_more))} ({level_label(level).lower()})"
        for level, points_more in zip(PRICED, found.differences, strict=True)
        if points_more
    ]
    between = f"de {points(found.least)} à {points(found.most)} ({level_label(PRICED[0]).lower()})"
    return f"tout replanifié, avec et sans : {', '.join(said) or 'ne coûte rien'} ; prouvé : {between}"


def _what(week: Week, mission: Mission, found: Change) -> str:
    row = found.row
    who, when = listed(row.professional_ids), moment(row.start)
    match found.kind:
        case ChangeKind.ALREADY:
            return f"{who} peut déjà, le {when}, sans rien déplacer"
        case ChangeKind.MOVED if found.other_row is not None:
            there = f"{listed(found.other_row.professional_ids)}, le {moment(found.other_row.start)}"
            return f"{who} le fait le {when}, et {_named(week, found.other)} passe à {there}"
        case ChangeKind.GIVEN_UP:
            kind = RESERVATIONS[ReservationKind(found.other or "")].lower()
            return f"{who} le fait le {when}, à la place d'un temps réservé ({kind})"
        case ChangeKind.ROOM:
            return f"une salle de plus à {found.about} le {when} ({who})"
        case ChangeKind.OTHER_HOUR:
            return f"une autre heure que celle fixée : {who}, le {when}"
        case ChangeKind.LATER if found.until is not None:
            return f"une échéance repoussée au {on(found.until)} : {who}, le {when}"
        case ChangeKind.SHORTER:
            return f"{found.minutes} minutes au lieu de {mission.duration_minutes} : {who}, le {when}"
    if found.other_date is not None:
        return f"{who} le fait le {when}, et {_named(week, found.other)} est reçu le {on(found.other_date)}"
    return f"{who} le fait le {when}, et {_named(week, found.other)} attend après la période"


def _named(week: Week, item_id: str | None) -> str:
    mission = week.mission.get(item_id or "")
    return f"{item_id} ({mission.type})" if mission else str(item_id)


def _received(items: tuple[str, ...]) -> str:
    if not items:
        return ""
    return f" ; {listed(items)} prend la place libérée, personne n'attendant quand on peut le recevoir"


# ------------------------------------------------------------ whole answers


def why_not(week: Week, answer: WhyNot, reason: str | None) -> Iterator[str]:
    """The whole answer of "why not", a line a sentence."""
    mission = answer.mission
    state = (
        f"est placé le {on(answer.done)}, après son échéance du {on(mission.due)}"
        if answer.done
        else "n'est pas placé dans la période"
    )
    yield f"{mission.id} ({mission.type}) {state}."
    if reason:
        yield reason
    if answer.conflict is None:
        is_open = any(one.kind is ChangeKind.ALREADY for one in answer.changes)
        yield (
            "Rien ne l'empêche tout à fait : une place est ouverte, que le plan n'a pas prise."
            if is_open
            else "Aucun fait seul ne l'empêche ; le juge refuse pourtant les places qui semblent ouvertes."
        )
    else:
        until = f"d'ici le {on(answer.until)}"
        yield f"Tout le reste gardé, aucune place {until}. Ces faits suffisent, aucun n'est de trop :"
        yield from (f"- {line}" for line in conflict(answer))
    if answer.short:
        yield f"Le groupe qui manque : {short(answer.short)}."
    if answer.changes:
        yield "Ce qui le permettrait, chaque fois essayé et jugé :"
        for one, exact in zip_longest(answer.changes, answer.exact):
            yield f"- {change(week, mission, one)}"
            if exact is not None:
                yield f"  {exact_price(exact)}"
    else:
        yield "Aucun des petits changements essayés ne le permet (une chose déplacée, une salle, la durée)."


def why_this(week: Week, answer: WhyThis) -> Iterator[str]:
    """The whole answer of "why this"."""
    mission = answer.mission
    for row in answer.rows:
        yield f"{mission.id} ({mission.type}) : {held(row)}."
    reasons = list(facts_for(week, mission, answer.rows[0]))
    if reasons:
        yield f"Pour ce choix : {' ; '.join(reasons)}."
    if answer.paid:
        yield "Ce que ce choix coûte :"
        yield from (f"- {one.sentence} : {points((one.tenths or 0) / 10)}" for one in answer.paid)
    else:
        yield "Ce choix ne coûte rien par lui-même."
    if len(answer.rows) > 1:
        yield "En plusieurs parties : les autres choix ne sont pas comparés."
        return
    others = (
        ("La meilleure autre personne", answer.other_people),
        ("Les mêmes personnes à un autre moment", answer.other_time),
    )
    for title, other in others:
        if other is None:
            yield f"{title} : aucune place ouverte, tout le reste gardé."
            continue
        who = f"{listed(other.row.professional_ids)}, le {moment(other.row.start)}"
        yield f"{title} : {who} ; {price(other.effect)}.{_sentence(_received(other.received))}"
        yield from (f"- {line}" for line in differences(other.effect))


def _sentence(text: str) -> str:
    return f" {text.removeprefix(' ; ')}." if text else ""


def differences(effect: Effect) -> Iterator[str]:
    """What is paid more and what is paid less, the dearest first."""
    for sign, found in (("+", effect.worse), ("−", effect.better)):
        ordered = sorted(found, key=lambda one: -(one.tenths or 0))
        for one in ordered[:ALL_SHOWN]:
            yield f"{sign} {number((one.tenths or 0) / 10)} : {one.sentence}"
        if len(ordered) > ALL_SHOWN:
            yield f"{sign} et {len(ordered) - ALL_SHOWN} autre(s)"


def facts_for(week: Week, mission: Mission, row: Assignment) -> Iterator[str]:
    """What speaks for a choice, from the week itself."""
    kind = week.types[mission.type]
    case = week.case.get(mission.case_id or "")
    for person_id in row.professional_ids:
        person = week.professional[person_id]
        if case and case.referent_id == person_id:
            yield f"{person_id} est le référent de la situation"
        elif case and person_id in case.followers and not kind.ip:
            yield f"{person_id} a déjà suivi la situation"
        aptitude = {"C": "le cœur", "P": "possible pour"}.get(kind.aptitude(person.profession).value)
        if aptitude == "le cœur":
            yield f"{kind.code} est le cœur du métier de {person_id} ({person.profession})"
        elif aptitude:
            yield f"{kind.code} est possible pour le métier de {person_id} ({person.profession})"
        if row.site_id == person.site_id:
            yield f"{person_id} est à son site, {row.site_id}"
    late = week.calendar.working_days_between(mission.due, row.start.date())
    yield f"échéance le {on(mission.due)}" + (f", {late} jour(s) de retard" if late else ", tenue")


def contradiction(found: Contradiction) -> Iterator[str]:
    """What a week fixes and cannot hold, in a manager's words."""
    yield "Cette semaine se contredit. Ensemble, et aucun de trop :"
    for pin in found.pins:
        when = f", le {moment(pin.start)}" if pin.start else ""
        yield f"- l'épingle de {pin.item_id} à {listed(pin.professional_ids)}{when}"
    for meeting in found.meetings:
        if meeting.fixed_start:
            when = moment(meeting.fixed_start)
            yield f"- la réunion {meeting.id}, le {when}, {meeting.duration_minutes} minutes"
    for span in found.absences:
        yield f"- l'absence de {span.professional_id}, {between(span.start, span.end)}"
    for span in found.busy:
        yield f"- l'agenda de {span.professional_id}, {between(span.start, span.end)}"
    yield "Ce que cela enfreint :"
    yield from (f"- {fact}" for fact in found.facts)


def between(start: datetime, end: datetime) -> str:
    """du mardi 12/01 à 9h00 au mercredi 13/01 à 17h30."""
    return f"du {moment(start)} au {moment(end)}"


def broken(found: Iterable[Violation]) -> Iterator[str]:
    """The rules that a change breaks."""
    yield from (in_words(one) for one in found)
