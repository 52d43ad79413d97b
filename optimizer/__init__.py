"""polyvalence: who does what, when and where in the social-work teams of a French département."""

__version__ = "0.1.0"
