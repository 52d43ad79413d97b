"""The HTTP service: it turns requests into calls of the doors of `optimizer`, and back; nothing else."""
