"""What people ask of a plan that stands: is a change allowed, where does a request fit, why, what now."""
