"""RDV-Solidarités, where appointments are booked: what is read of it, and what is written to it."""
