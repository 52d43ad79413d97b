"""A first decision of a part in a tenth of a second, without a solver."""

from optimizer.engines.fitting.first_fit import first_fit, least_loaded

__all__ = ["first_fit", "least_loaded"]
