"""What people ask of a plan that stands: is this move allowed, where does a request fit, why, and what now."""
