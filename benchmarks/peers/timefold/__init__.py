"""Timefold Solver (community, Java), the way its documentation recommends: see `contender.py`."""
