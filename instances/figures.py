"""The figures of the generator, each with its basis.

One territory of about 45,000 inhabitants has 10 to 11 social workers (derived: 68 M inhabitants / 16,300
generalist social workers, Cour des comptes 2025); figures a house are scaled by that number. ASSUMPTION
marks a value for which no source was found: a département replaces it by its own.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optimizer.words import Profession, Urgency


class Load(StrEnum):
    """How much is asked of a territory."""

    LOW = "low"
    TYPICAL = "typical"
    OVERLOADED = "overloaded"


FIRST_DAY = date(2027, 3, 1)  # a Monday followed by four weeks without a public holiday
WORKERS_OF_A_HOUSE = 10.5  # derived, see above

# Shares of people. AS / CESF / ES: ASSUMPTION (no public split).
SOCIAL_WORKER_SHARES = {Profession.AS: 0.70, Profession.CESF: 0.18, Profession.ES: 0.12}
EVALUATOR_SHARE = 0.23  # ASSUMPTION: own posts, as propositions 1 and 2 ask
CONTRACT_SHARE = 0.10  # ASSUMPTION
PEOPLE_PER_NURSE = 30  # ASSUMPTION
SECTOR_PEOPLE_PER_MANAGER = 15  # low end, ASSUMPTION; a team under 6 shares another's
SECTOR_PEOPLE_PER_SECRETARY = 10  # ASSUMPTION: the desk staff who attend team meetings
EVALUATOR_PROFESSIONS = (  # the order in which posts are filled: a pair is of two professions
    Profession.AS,
    Profession.ES,
    Profession.PUER,
    Profession.AS,
    Profession.PSY,
    Profession.ES,
)

# Mean quotité 0.94 (755 FTE for 806 persons, DREES 2018); the split is an ASSUMPTION.
QUOTITES = {100: 0.72, 90: 0.08, 80: 0.15, 50: 0.05}
TELEWORK_SHARE = 0.35  # ASSUMPTION
TRAINING_DAYS_DONE = {0: 0.2, 1: 0.25, 2: 0.3, 3: 0.25}  # ASSUMPTION, of a target of 3
BUSY_SHARE = 0.2  # ASSUMPTION: people with an hour of their own in the agenda each week

# What is asked in an interview, in the proportions of the example folder; DSF is an ASSUMPTION.
FOLLOW_UPS = {
    "SUIVI": 0.40,
    "DROITS": 0.18,
    "BUDGET": 0.12,
    "LOGEMENT": 0.10,
    "VAD": 0.10,
    "EDUC": 0.07,
    "DSF": 0.03,
}
VISITS_IN_PAIRS = 0.10  # ASSUMPTION: AS+CESF
HOME_SHARES = {"VAD": 1.0, "EDUC": 0.75, "BUDGET": 0.10}  # ASSUMPTION
FIXED_APPOINTMENTS = 0.02  # ASSUMPTION: appointments already given to the household
HOUSEHOLD_WEIGHTS = {1: 0.52, 2: 0.22, 3: 0.26}  # ASSUMPTION
REFERENTS_MISSING = 0.12  # ASSUMPTION
OPEN_HOUSEHOLDS_PER_MISSION = 0.7  # ASSUMPTION
REASONS = ("logement", "budget", "droits", "famille", "sante", "violences")
TARGET_DELAY_DAYS = {Urgency.URGENT: 1, Urgency.PRIORITY: 5, Urgency.ORDINARY: 15}  # typical, ASSUMPTION

# Contracts: three kinds; shares ASSUMPTION. One month from the notice (décret 2024-1244).
CONTRACTS = {"CONTRAT": 0.44, "ORIENT": 0.36, "MASP": 0.20}
CONTRACT_DELAY_DAYS = 20
DSF_DELAY_DAYS = 15  # offer within 15 working days of the prefect's request (décret 2021-8)
EVALUATION_DAYS = 91  # three months from reception (CASF D226-2-4)
EVALUATIONS_DUE_SOON = 0.25  # ASSUMPTION: due inside the horizon
NURSE_VISITS_A_WEEK = 8  # ASSUMPTION

MEETING_MINUTES = 120  # 90 / 150 / 180 a week, ASSUMPTION
TRAVEL_MINUTES = (10, 40)  # one way, between two zones, ASSUMPTION


@dataclass(frozen=True)
class Demand:
    """What changes with the load.

    `waiting` counts requests not yet seen when the horizon begins, a social worker; `overdue` is the share
    of them whose date has passed by one to three working days. `evaluations` are a week and evaluator in
    full time, `contracts` and `requests` a week and house.
    """

    follow_ups: float
    requests: float
    classes: dict[Urgency, float]
    without_reason: float
    waiting: float
    overdue: float
    contracts: float
    evaluations: float
    absence: float
    files: int


def _classes(urgent: int, priority: int, ordinary: int) -> dict[Urgency, float]:
    return {Urgency.URGENT: urgent, Urgency.PRIORITY: priority, Urgency.ORDINARY: ordinary}


# Low, typical and high columns of the domain's figures, but for `follow_ups` (a post and week: appointments
# 8 / 12 / 18 less requests, derived from direct-contact shares), and ASSUMPTIONS of our own: `waiting`,
# `overdue`, `evaluations`, and 50 requests where the high column has 60.
# Absence 9.6 % (Relyens 2023), files a worker 55 / 90 / 120 (Cour des comptes 2022).
DEMAND = {
    Load.LOW: Demand(6.0, 15, _classes(5, 20, 75), 0.05, 0.3, 0.0, 4, 0.7, 0.05, 55),
    Load.TYPICAL: Demand(9.5, 25, _classes(10, 25, 65), 0.15, 0.6, 0.0, 11, 1.1, 0.096, 90),
    Load.OVERLOADED: Demand(12.0, 50, _classes(20, 30, 50), 0.40, 7.0, 0.35, 20, 1.8, 0.14, 120),
}
