"""Says in plain words why a text is no YAML, and where a person would mend it."""

from __future__ import annotations


def has_template(text: bytes) -> bool:
    """Whether the text holds the marks of a template language: ``{{``, ``{%`` or ``<%``."""
    return b"{{" in text or b"{%" in text or b"<%" in text
