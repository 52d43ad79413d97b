"""The arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.usage import Seconds

DEFAULT_LIMIT = Seconds(60)
MOST_WORKERS = 128

WeekPath = Annotated[Path, typer.Argument(metavar="SEMAINE", help="un .json, un .xlsx ou un dossier de .csv")]
ForWhom = Annotated[
    str | None, typer.Option("--for", metavar="DESTINATAIRE", help="un service ou un professionnel")
]
TimeLimit = Annotated[
    Seconds,
    typer.Option("--time-limit", help="secondes, du début au plan", metavar="SECONDES", show_default="60"),
]
Workers = Annotated[
    int, typer.Option("--workers", min=1, max=MOST_WORKERS, help="cœurs employés", metavar="N")
]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="graine du hasard", metavar="N")]
Deterministic = Annotated[
    bool,
    typer.Option(
        "--deterministic", help="même plan, octet pour octet ; la limite n'est plus celle de l'horloge"
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="rien que les erreurs")]
AsJson = Annotated[bool, typer.Option("--json", help="le résumé en JSON sur la sortie standard")]
