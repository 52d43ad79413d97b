"""Staffing of fixed tasks by the fewest people."""
