"""The version of hslint."""

__version__ = "0.1.0"
