"""What the HTTP service holds out, measured on loopback: load, faults, restarts, its contract."""
