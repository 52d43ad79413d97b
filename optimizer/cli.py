"""The command line: `polyvalence plan`, `check`, `compare` and `generate`.

Exit codes: 0 done; 1 a negative verdict; 2 unusable input; 3 the limit came before any plan; 4 internal.
"""

import math
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from optimizer.check import judge
from optimizer.comparing import Load, generated, run_study
from optimizer.engines.options import Options
from optimizer.errors import Problem, UnusableInput
from optimizer.files.audience import resolve
from optimizer.files.reading import read_week
from optimizer.files.week_json import refuse_unwritable_week, write_week
from optimizer.files.writing import read_plan, refuse_unwritable, write_plan
from optimizer.solve import plan_week
from optimizer.summary import show, summary
from optimizer.telling import DONE, REFUSED, UNUSABLE, answer, console, progress, tell, told, usage_in_french, warn
from optimizer.verdicts import is_accepted, show_verdict, verdict_json, warnings
