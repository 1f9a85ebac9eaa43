"""Label selectors: what they require of labels, and whether labels meet it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    from hslint.node import Node

    class Labels(Protocol):
        """Anything that can say whether it carries a label."""

        def has(self, key: str, value: str) -> bool:
            """Whether the label *key* is, or may be, *value*."""

        def has_key(self, key: str) -> bool:
            """Whether there is a label *key*."""

        def may_lack(self, key: str, value: str) -> bool:
            """Whether the label *key* is absent or may be something other than *value*."""


class Selector:
    """The requirements of a label selector, all of which labels must meet.

    ``equal`` are the ``key: value`` pairs; ``expressions`` the (key, operator, values) of
    ``matchExpressions``. A selector without requirements matches everything, as ``{}`` does; that a
    Service's empty selector, or a null LabelSelector, means nothing is for the caller to know
    (k8s.io/apimachinery/pkg/apis/meta/v1: LabelSelectorAsSelector).
    """

    __slots__ = ("equal", "expressions", "id")

    def __init__(
        self,
        equal: dict[str, str],
        expressions: tuple[tuple[str, str, tuple[str, ...]], ...] = (),
    ) -> None:
        self.equal = equal
        self.expressions = expressions
        #: Equal for selectors that require the same.
        self.id = (frozenset(self.equal.items()), expressions)

    def __bool__(self) -> bool:
        return bool(self.equal or self.expressions)

    def __str__(self) -> str:
        """As kubectl's ``-l`` takes it: ``app=db,tier in (a, b)``."""
        parts = [f"{key}={value}" for key, value in self.equal.items()]
        for key, operator, values in self.expressions:
            if operator in ("In", "NotIn"):
                word = "in" if operator == "In" else "notin"
                parts.append(f"{key} {word} ({', '.join(values)})")
            else:
                parts.append(key if operator == "Exists" else f"!{key}")
        return ",".join(parts)

    def matches(self, labels: Labels) -> bool:
        """Whether *labels* meet every requirement."""
        for key, value in self.equal.items():
            if not labels.has(key, value):
                return False
        return all(self._meets(labels, *expression) for expression in self.expressions)

    def unmet(self, labels: Labels) -> list[str]:
        """The keys whose requirement *labels* do not meet."""
        keys = [key for key, value in self.equal.items() if not labels.has(key, value)]
        return keys + [e[0] for e in self.expressions if not self._meets(labels, *e)]

    @staticmethod
    def _meets(labels: Labels, key: str, operator: str, values: tuple[str, ...]) -> bool:
        if operator == "In":
            return any(labels.has(key, value) for value in values)
        if operator == "NotIn":
            return all(labels.may_lack(key, value) for value in values)
        if operator == "Exists":
            return labels.has_key(key)
        if operator == "DoesNotExist":
            return not labels.has_key(key)
        return True  # an unknown operator is the schema's finding, not a mismatch


class PlainLabels:
    """Written labels, as an object's metadata carries them."""

    __slots__ = ("labels",)

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def has(self, key: str, value: str) -> bool:
        """Whether the label *key* is *value*."""
        return self.labels.get(key) == value

    def has_key(self, key: str) -> bool:
        """Whether there is a label *key*."""
        return key in self.labels

    def may_lack(self, key: str, value: str) -> bool:
        """Whether the label *key* is absent or something other than *value*."""
        return self.labels.get(key) != value


def map_selector(node: Node) -> Selector:
    """The selector of a Service or ReplicationController: a plain map; a null value is ""."""
    return Selector(_pairs(node.value))


def label_selector(node: Node) -> Selector:
    """The selector of a LabelSelector: ``matchLabels`` and ``matchExpressions``."""
    expressions: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    if "matchExpressions" in node.mapping:
        expressions = tuple(
            (
                expression["key"].string,
                expression["operator"].string,
                tuple(value.string for value in expression["values"]),
            )
            for expression in node["matchExpressions"]
        )
    return Selector(_pairs(node.mapping.get("matchLabels")), expressions)


def _pairs(value: object) -> dict[str, str]:
    """The entries that can be labels; a number or boolean there is the schema's finding."""
    if not isinstance(value, dict):
        return {}
    return {k: v or "" for k, v in value.items() if v is None or isinstance(v, str)}
