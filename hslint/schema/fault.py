"""One way in which an object does not fit its schema."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, Literal

    Path = tuple[str | int, ...]
    Wrong = Literal[
        "unknown-field",
        "wrong-type",
        "missing-field",
        "empty-field",
        "dropped-field",
        "unsupported-value",
        "invalid-value",
    ]


class Fault:
    """What is wrong, where, and what was probably meant.

    ``path`` leads from the object's root to the value at fault; for a missing field, to the mapping
    that lacks it (or holds null there). ``field`` is the last name that matters: the unknown or
    missing field, or the one that holds the value. ``expected`` says in words what fits ("a whole
    number"). ``allowed`` holds the closed values, or the known fields of the mapping that an
    unknown field is in; ``near`` is the one of them that was probably meant. ``belongs`` is the
    path of the mapping that does have the unknown field, when only one place near it does.
    ``since`` and ``until`` are the minors of Kubernetes that begin and end to have the field or
    value, when the version checked against is too old or too new for it.

    ``empty-field`` is a text or list that must hold something, and ``dropped-field`` what the API
    server forgets, since its feature gate is off: all in it has the right type. ``invalid-value``
    is a number out of range, or from custom resources' schemas: patterns, limits, alternatives.
    """

    __slots__ = (
        "allowed",
        "belongs",
        "expected",
        "field",
        "kind",
        "near",
        "path",
        "since",
        "until",
        "value",
    )

    def __init__(
        self,
        kind: Wrong,
        path: Path,
        field: str = "",
        value: Any = None,
        expected: str = "",
        allowed: tuple[str, ...] = (),
        near: str | None = None,
        belongs: Path | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> None:
        self.kind: Final = kind
        self.path: Final = path
        self.field: Final = field
        self.value: Final = value
        self.expected: Final = expected
        self.allowed: Final = allowed
        self.near: Final = near
        self.belongs: Final = belongs
        self.since: Final = since
        self.until: Final = until

    def plain(self) -> tuple[Any, ...]:
        """What makes the same fault again."""
        return (
            self.kind,
            self.path,
            self.field,
            self.value,
            self.expected,
            self.allowed,
            self.near,
            self.belongs,
            self.since,
            self.until,
        )

    def __repr__(self) -> str:
        said = ", ".join(
            f"{name}={getattr(self, name)!r}" for name in self.__slots__ if getattr(self, name)
        )
        return f"Fault({said})"
