"""The bucket stage: who does what in which half-day, as one linear statement.

Clock times are left to `optimizer.timing`; what is stated here holds for every timed plan, so a bound of
this statement is a bound of the whole problem. Rules speak to it through the verbs of `BucketModel`.

Units: minutes for time, or steps of the 5-minute grid in rows; tenths of a point for prices.
"""

from optimizer.model.bucket import COMMITMENTS, PREFERENCES, BucketModel
from optimizer.model.load import Load, Reserved
from optimizer.model.rooms_in_use import Gathering, RoomsInUse
from optimizer.model.time_of_half_days import Alike
from optimizer.tasks import Key

__all__ = [
    "COMMITMENTS",
    "PREFERENCES",
    "Alike",
    "BucketModel",
    "Gathering",
    "Key",
    "Load",
    "Reserved",
    "RoomsInUse",
]
