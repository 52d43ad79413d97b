"""The fewest people for fixed tasks (SMPTSP)."""
