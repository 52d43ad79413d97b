"""Measures: quality against peers, speed of fixed work, the machine's description."""
