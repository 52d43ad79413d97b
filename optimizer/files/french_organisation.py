"""The parameters of an organisation under their French names, prices included."""

from dataclasses import dataclass

from optimizer.files import cells
from optimizer.files.cells import Converter


@dataclass(frozen=True)
class Parameter:
    """Where a parameter stands in `Organisation`, and how its cell is read."""

    path: tuple[str, ...]
    convert: Converter


def _commitment(field: str, convert: Converter = cells.number) -> Parameter:
    return Parameter(("commitments", field), convert)


def _preference(field: str) -> Parameter:
    return Parameter(("preferences", field), cells.number)


PARAMETERS = {
    "nom": Parameter(("name",), cells.text),
    "part_collective": Parameter(("collective_share_percent",), cells.percent),
    "part_ecrits": Parameter(("writing_share_percent",), cells.percent),
    "formation_isic_jours_an": Parameter(("isic_days_per_year",), cells.whole),
    "pause_dejeuner_min": Parameter(("lunch_minutes",), cells.whole),
    "mi_journee": Parameter(("midday",), cells.clock),
    "cesf_exclue_ip": Parameter(("cesf_excluded_from_ip",), cells.boolean),
    "pentecote_travaillee": Parameter(("pentecost_worked",), cells.boolean),
    "prix_urgence_jour": _commitment("urgency_late_day"),
    "prix_demande_prioritaire_jour": _commitment("priority_request_late_day"),
    "prix_demande_ordinaire_jour": _commitment("ordinary_request_late_day"),
    "hausse_demande_par_jour": _commitment("request_growth_percent", cells.percent),
    "prix_delai_legal_jour": _commitment("legal_late_day"),
    "prix_retard": _commitment("late"),
    "prix_retard_jour": _commitment("late_day"),
    "prix_ip_sans_domicile": _commitment("home_meeting_missing"),
    "prix_attente_jour": _commitment("waiting_day"),
    "prix_accueil_decouvert": _commitment("reception_missing"),
    "prix_heure_urgence": _commitment("urgency_hour_missing"),
    "prix_place_formation": _commitment("training_seat"),
    "prix_minute_collective": _commitment("collective_minute_missing"),
    "prix_minute_ecrits": _commitment("writing_minute_missing"),
    "prix_absence_reunion": _commitment("meeting_absent"),
    "pref_metier_possible": _preference("possible_not_core"),
    "pref_sans_referent": _preference("not_referent"),
    "pref_referent_possible": _preference("referent_not_core"),
    "pref_referent_nouveau": _preference("referent_not_follower"),
    "pref_ecart_dossiers": _preference("caseload_deviation"),
    "pref_ecart_charge_minute": _preference("load_minute_deviation"),
    "pref_ecart_evaluateurs_minute": _preference("evaluator_minute_deviation"),
    "pref_deplacement_menage": _preference("step"),
    "pref_trajet_minute": _preference("travel_minute"),
    "pref_poste_ailleurs": _preference("posted_elsewhere"),
    "pref_teletravail": _preference("telework_wish"),
    "pref_dejeuner_minute": _preference("short_lunch_minute"),
    "pref_changement_animateur": _preference("leader_change"),
    "pref_formation_deja_faite": _preference("training_day_done"),
}
