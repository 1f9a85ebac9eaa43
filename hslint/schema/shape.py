"""The shapes that values take: each says whether a value fits it, as the API server decodes.

``null`` is an absent value: it fits everywhere but cannot fill a required field
(k8s.io/apimachinery/pkg/util/json; encoding/json leaves a Go field at its zero value).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

NOTHING = type(None)


class Shape:
    """Anything at all, and what all shapes share.

    ``plain`` holds the classes whose every value fits, so that most values need no call of ``ok``.
    ``word`` is what a message calls the shape.
    """

    __slots__ = ("plain", "word")

    def __init__(self, word: str, *plain: type) -> None:
        self.word: Final = word
        self.plain: frozenset[type] = frozenset((*plain, NOTHING))

    def ok(self, value: Any) -> bool:
        """Whether *value* fits."""
        return value.__class__ in self.plain


class Anything(Shape):
    """Any JSON value."""

    __slots__ = ()

    def ok(self, value: Any) -> bool:  # noqa: ARG002 - anything fits
        """Return True."""
        return True


class Whole(Shape):
    """A whole number of so many bits; ``3.0`` is one, ``true`` is not."""

    __slots__ = ("high",)

    def __init__(self, word: str, bits: int, *plain: type) -> None:
        super().__init__(word, *plain)
        self.high: Final = 1 << (bits - 1)

    def ok(self, value: Any) -> bool:
        """Whether *value* is whole and in range."""
        kind = value.__class__
        if kind is int or (kind is float and value.is_integer()):
            return bool(-self.high <= value < self.high)
        return kind in self.plain


class Ranged(Whole):
    """A whole number of a range; of the right type, but out of range, it is read and refused."""

    __slots__ = ("least", "most")

    def __init__(self, bits: int, least: int, most: int) -> None:
        super().__init__("a whole number", bits)
        self.least: Final = least
        self.most: Final = most

    def ok(self, value: Any) -> bool:
        """Whether *value* is whole and in range."""
        return super().ok(value) and (value is None or bool(self.least <= value <= self.most))


class Formatted(Shape):
    """A text of a format; ``expected`` tells it in words.

    As an *item* of a list a null is an empty text, and not an absent one.
    """

    __slots__ = ("expected", "item", "reason")

    def __init__(self, expected: str, reason: Callable[[str], str], *, item: bool) -> None:
        super().__init__("a string")
        self.expected: Final = expected
        self.reason: Final = reason
        self.item: Final = item
        if item:
            self.plain = frozenset()

    def ok(self, value: Any) -> bool:
        """Whether *value* is of the format."""
        if value.__class__ is str:
            return not self.reason(value)
        return value is None and not (self.item and self.reason(""))


class Filled(Shape):
    """A text or list that holds something: an empty one is as good as none."""

    __slots__ = ("inner",)

    def __init__(self, inner: Shape) -> None:
        super().__init__(inner.word)
        self.inner: Final = inner

    def ok(self, value: Any) -> bool:
        """Whether *value* fits and holds something."""
        if not value:
            return value is None
        return value.__class__ in self.inner.plain or self.inner.ok(value)


class Dropped(Shape):
    """What the API server reads, and drops without a look at it: its feature gate is off."""

    __slots__ = ("inner",)

    def __init__(self, inner: Shape) -> None:
        super().__init__(inner.word)
        self.inner: Final = inner


class Written(Shape):
    """A string in a notation of its own, or a value of a plain class.

    Few short texts (``500m``, ``1Gi``) recur in most files: those that read are remembered.
    """

    __slots__ = ("reads", "seen")

    def __init__(self, word: str, reads: Callable[[str], bool], *plain: type) -> None:
        super().__init__(word, *plain)
        self.reads: Final = reads
        self.seen: Final[set[str]] = set()

    def ok(self, value: Any) -> bool:
        """Whether *value* is plain or its notation reads."""
        if value.__class__ is not str:
            return value.__class__ in self.plain
        if value in self.seen:
            return True
        reads = self.reads(value)
        if reads and len(value) < 8:
            self.seen.add(value)
        return reads


class Closed(Shape):
    """One of a few strings; an empty one among them means that "" counts as unset.

    As an *item* of a list a null is an empty text, and not an absent one.
    """

    __slots__ = ("item", "values")

    def __init__(self, values: tuple[str, ...], *, item: bool = False) -> None:
        super().__init__("a string")
        self.values: Final = values
        self.item: Final = item and "" not in values
        if self.item:
            self.plain = frozenset()

    def ok(self, value: Any) -> bool:
        """Whether *value* is one of the strings."""
        return value in self.values if value.__class__ is str else value is None and not self.item


class ListOf(Shape):
    """A list."""

    __slots__ = ("item",)

    def __init__(self, item: Shape) -> None:
        super().__init__("a list")
        self.item: Final = item

    def ok(self, value: Any) -> bool:
        """Whether every item fits."""
        if not isinstance(value, list):
            return value is None
        item = self.item
        if not isinstance(item, Struct) and item.plain.issuperset(map(type, value)):
            return True
        ok = item.ok
        for each in value:  # noqa: SIM110 - `all` of a generator takes twice as long
            if not ok(each):
                return False
        return True


class MapOf(Shape):
    """A mapping with free keys."""

    __slots__ = ("item",)

    def __init__(self, item: Shape) -> None:
        super().__init__("a mapping")
        self.item: Final = item

    def ok(self, value: Any) -> bool:
        """Whether every value fits."""
        if not isinstance(value, dict):
            return value is None
        item = self.item
        if not isinstance(item, Struct) and item.plain.issuperset(map(type, value.values())):
            return True
        ok = item.ok
        for each in value.values():  # noqa: SIM110 - `all` of a generator takes twice as long
            if not ok(each):
                return False
        return True


class Fields(dict[str, Shape]):
    """The fields of a type by name, each read from its code when first asked for."""

    __slots__ = ("codes", "read")

    def __init__(self, codes: dict[str, str], read: Callable[[str], Shape]) -> None:
        super().__init__()
        self.codes: Final = codes
        self.read: Final = read

    def __missing__(self, name: str) -> Shape:
        """Read the field *name*; KeyError when the type has none such."""
        shape = self[name] = self.read(self.codes[name])
        return shape


class Struct(Shape):
    """A mapping with known fields only."""

    __slots__ = ("fields", "name", "required")

    def __init__(self, name: str, fields: Fields, required: tuple[str, ...]) -> None:
        super().__init__("a mapping")
        self.name: Final = name
        self.fields: Final = fields
        self.required: Final = required

    def ok(self, value: Any) -> bool:
        """Whether *value* has known fields only, each fits, and none required is absent."""
        if not isinstance(value, dict):
            return value is None and not self.required
        fields = self.fields
        for name, inner in value.items():
            try:
                shape = fields[name]
            except KeyError:
                return False
            if inner.__class__ not in shape.plain and not shape.ok(inner):
                return False
        get = value.get
        for name in self.required:  # noqa: SIM110 - as above
            if get(name) is None:
                return False
        return True


class Narrowing:
    """A field deep inside one kind that takes fewer values there, or is required only there."""

    __slots__ = ("path", "required", "values")

    def __init__(self, path: tuple[str, ...], values: tuple[str, ...], *, required: bool) -> None:
        self.path: Final = path
        self.values: Final = values
        self.required: Final = required

    def ok(self, value: Any) -> bool:
        """Whether an object's field, wherever it is written, has one of the values."""
        for name in self.path:
            value = value.get(name) if isinstance(value, dict) else None
        return not self.required if value is None else value in self.values


class Kind(Struct):
    """A type of whole objects."""

    __slots__ = ("narrowings",)

    def __init__(
        self,
        name: str,
        fields: Fields,
        required: tuple[str, ...],
        narrowings: tuple[Narrowing, ...],
    ) -> None:
        super().__init__(name, fields, required)
        self.narrowings: Final = narrowings

    def ok(self, value: Any) -> bool:
        """Whether *value* fits the type and its narrowings."""
        if not super().ok(value):
            return False
        for narrowing in self.narrowings:  # noqa: SIM110 - as above
            if not narrowing.ok(value):
                return False
        return True
