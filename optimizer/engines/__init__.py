"""Engines: functions from a week and options to an outcome. Only they and the model know OR-Tools."""
