"""Files in and out: a week is read here, a plan is written here."""
