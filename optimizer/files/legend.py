"""What the words and signs of an output mean: only those that this output uses."""

from optimizer.files.plan_rows import Table
from optimizer.files.views import View

SIGNS = (
    ("—", "ne travaille pas ce jour-là"),
    ("absent", "absence ; le motif n'est jamais conservé"),
    ("parti", "après le dernier jour de la personne"),
    ("férié", "jour férié"),
    ("télétravail", "demi-journée entièrement en télétravail"),
    ("présent", "présence hors des horaires habituels, ou sans activité placée"),
    ("agenda", "pris par un événement de l'agenda personnel"),
)


def legend(view: View) -> Table:
    """One row a word: signs of the grid, activities shown, sites, then the notice."""
    rows = list(SIGNS)
    activities = {(entry.short, entry.label.split(" (")[0]) for entry in view.entries}
    rows += [(short, label) for short, label in sorted(activities) if short != label]
    sites = {entry.site_id for entry in view.entries if entry.site_id}
    sites |= {view.week.professional[member].site_id for member in view.audience.member_ids}
    rows += [(site, view.week.site[site].label) for site in sorted(sites) if _has_label(view, site)]
    return Table("Légende", ("Mot", "Sens"), (*rows, *_notices(view)))


def _has_label(view: View, site_id: str) -> bool:
    return site_id in view.week.site and bool(view.week.site[site_id].label)


def _notices(view: View) -> list[tuple[str, str]]:
    return [
        ("Diffusion", view.audience.marking),
        ("Référence", "désigne un rendez-vous sans rien en dire ; le planificateur seul en tient la liste"),
        (
            "Décision",
            "Ce plan est une proposition calculée à partir de règles et de poids publiés ; "
            "un professionnel la valide avant qu'une date soit annoncée.",
        ),
    ]
