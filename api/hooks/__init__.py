"""Webhooks: where they may go, how they are signed, and their delivery until it is done or given up."""
