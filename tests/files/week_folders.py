"""The smallest folder that reads, to be spoiled one cell at a time."""

from pathlib import Path

import pytest

from optimizer.errors import UnusableInput
from optimizer.files.reading import read_week

DAY = "08:30-12:30 13:30-17:30"
SMALL = {
    "horizon": "premier_jour;semaines\n11/01/2027;1\n",
    "sites": (
        "id;nom;zone;services;lundi;mardi\n"
        f"MDS;Maison;Z1;SECTEUR;{DAY};{DAY}\n"
        f"POLE;Pôle;Z1;EVALUATION|CONTRAT;{DAY};{DAY}\n"
    ),
    "salles": "site;salle;type\nMDS;M1;entretien\nMDS;G1;groupe\nPOLE;P1;entretien\n",
    "professionnels": (
        "id;profession;services;site;quotite;lundi;mardi\n"
        f"AS1;AS;SECTEUR;MDS;80 %;{DAY};{DAY}\n"
        f"CT1;CT;SECTEUR;MDS;100;{DAY};{DAY}\n"
        f"CT2;CT;EVALUATION;POLE;100;{DAY};\n"
        f"EV1;AS;EVALUATION;POLE;1,00;{DAY};\n"
        f"EV2;PUER;EVALUATION;POLE;0,5;{DAY};\n"
        f"CO1;CESF;CONTRAT;POLE;100 %;{DAY};{DAY}\n"
    ),
    "situations": "id;site;referent;poids;zone;suivi_anterieur\nS1;MDS;AS1;2;Z1;\n",
    "missions": (
        "id;type;situation;recu_le;duree_min;au_plus_tot;au_plus_tard;urgence;professions;lieu;debut_fixe\n"
        "M1;SUIVI;S1;04/01/2027;45;11/01/2027;15/01/2027;;;MDS;\n"
        "M2;ACCUEIL;;04/01/2027;60;11/01/2027;15/01/2027;urgent;;MDS;12/01/2027 09:00\n"
        "M3;IP_VAD;S1;04/01/2027;120;11/01/2027;15/02/2027;;AS+PUER;domicile:Z1;\n"
        "M4;CONTRAT;S1;04/01/2027;60;11/01/2027;15/01/2027;;;POLE;\n"
    ),
    "accueil": "site;jour;matin;apres_midi;urgence\nMDS;lundi;1;1;0\n",
    "actions_collectives": (
        "id;type;duree_min;animateurs;site;salle;semaine;date;debut;preparation_min\n"
        "G1;ISIC_GRP;120;AS+CT;MDS;G1;1;;;60\n"
    ),
    "reunions": (
        "id;type;participants;site;date;debut;duree_min\nR1;REUNION;SECTEUR;MDS;12/01/2027;14:00;60\n"
    ),
    "organisation": "parametre;valeur\npart_ecrits;39 %\n",
}


def folder(path: Path, **changes: str | None) -> Path:
    """The small folder with some tables replaced, added, or (`None`) left out."""
    path.mkdir(exist_ok=True)
    for name, text in (SMALL | changes).items():
        if text is not None:
            (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def spoiled(path: Path, table: str, before: str, after: str) -> Path:
    """The small folder with one piece of text of one table replaced."""
    assert before in SMALL[table]
    return folder(path, **{table: SMALL[table].replace(before, after, 1)})


def problems_of_reading(path: Path) -> list[str]:
    """The sentences that refuse a path."""
    with pytest.raises(UnusableInput) as refusal:
        read_week(path)
    return [str(problem) for problem in refusal.value.problems]
