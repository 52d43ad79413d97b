"""What the judge derives from a week and a plan before any rule looks at them."""

from optimizer.reading.reading import Reading

__all__ = ["Reading"]
