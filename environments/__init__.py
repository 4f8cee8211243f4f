"""What differs between the environments: typed, with secure defaults, read from YAML."""

from environments.load import NAMES, load_all
from environments.model import Environment

__all__ = ["NAMES", "Environment", "load_all"]
