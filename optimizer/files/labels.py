"""Days, hours, places and activities as a French reader writes them."""

from datetime import date, datetime

from optimizer.plan import ReservationKind

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

SHORT = {
    "ACCUEIL": "1er entretien",
    "URGENCE": "Urgence",
    "SUIVI": "Entretien",
    "DROITS": "Droits",
    "VAD": "Visite",
    "BUDGET": "Budget",
    "LOGEMENT": "Logement",
    "DSF": "DSF",
    "CONTRAT": "Contrat",
    "ORIENT": "Orientation",
    "MASP": "MASP",
    "IP_VAD": "Éval. domicile",
    "IP_RENC": "Éval. rencontre",
    "IP_CONC": "Éval. concertation",
    "IP_ECR": "Éval. rapport",
    "IP_SOUTIEN": "Soutien parents",
    "EDUC": "Éducatif",
    "PMI_VAD": "Visite PMI",
    "ISIC_GRP": "Groupe",
    "ISIC_DSL": "Dév. local",
    "ISIC_DIAG": "Diagnostic",
    "ISIC_PREP": "Prépa. groupe",
    "FORM_ISIC": "Formation",
    "PARTENARIAT": "Partenaires",
    "REUNION": "Réunion",
    "ANALYSE": "Analyse prat.",
    "ECRITS": "Écrits",
}

SHORT_RESERVATIONS = {
    ReservationKind.RECEPTION: "PERMANENCE",
    ReservationKind.URGENCY: "Garde urgence",
    ReservationKind.WRITING: "Écrits",
    ReservationKind.COLLECTIVE: "Collectif",
    ReservationKind.PREPARATION: "Prépa. groupe",
    ReservationKind.TRAVEL: "Trajet",
}


def short_label(code: str) -> str:
    """A word or two for a grid; a département's own type keeps its code."""
    return SHORT.get(code, code)


def hour(moment: datetime) -> str:
    """9h00."""
    return f"{moment.hour}h{moment.minute:02d}"


def hour_of_minute(minute: int) -> str:
    """9h00, from minutes since midnight."""
    return f"{minute // 60}h{minute % 60:02d}"


def day(day: date) -> str:
    """11/01/2027."""
    return f"{day:%d/%m/%Y}"


def day_in_words(day: date) -> str:
    """lundi 11 janvier."""
    return f"{DAYS[day.weekday()]} {'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"


def hours(minutes: int) -> str:
    """7 h 30."""
    return f"{minutes // 60} h {minutes % 60:02d}"


def number(value: float) -> str:
    """1 234,5 with the French separators; a whole number has no decimals."""
    text = f"{value:,.1f}".removesuffix(".0")
    return text.replace(",", "\u202f").replace(".", ",")


def percent(share: float) -> str:
    """2,8 %."""
    rounded = round(100 * share, 2)
    if share > 0 and rounded == 0:
        return "moins de 0,01 %"
    return f"{rounded:.2f}".rstrip("0").rstrip(".").replace(".", ",") + " %"
