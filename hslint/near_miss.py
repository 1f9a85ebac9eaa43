"""Pods that a selector just misses: a label misspelt, under another key, with another value."""

from __future__ import annotations

from hslint.fix import Fix
from hslint.suggest import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hslint.node import Node
    from hslint.selector import Selector
    from hslint.workload import Pods

#: Words that people add to a name to tell what kind of object it is.
_KIND_WORDS = frozenset(
    {
        "svc",
        "service",
        "headless",
        "lb",
        "deploy",
        "deployment",
        "sts",
        "statefulset",
        "pod",
        "pods",
    }
)


class NearMiss:
    """Pods, the first required label that they lack, and the label they carry in its place.

    ``key`` is the selector's; ``instead`` is the pods' key with another value of it, or with its
    value under another key; empty when they carry nothing of the sort. ``alike`` tells that one is
    easily taken for the other.
    """

    __slots__ = ("alike", "instead", "key", "pods")

    def __init__(self, pods: Pods, key: str, instead: str, *, alike: bool) -> None:
        self.pods = pods
        self.key = key
        self.instead = instead
        self.alike = alike

    @property
    def at(self) -> Node:
        """The label in question, or where it should be."""
        labels = self.pods.labels_node
        return labels[self.instead].entry if self.instead in labels.mapping else labels

    @property
    def sentence(self) -> str:
        """What the pods carry, as a related place says it."""
        title = self.pods.owner.title
        if self.instead:
            label = f"{self.instead}={self.pods.labels[self.instead]}"
            return f"the pods of {title} carry `{label}`"
        return f"the pods of {title} carry no label `{self.key}`"

    def fix(self, pairs: Node) -> Fix | None:
        """Let the selector with the label among *pairs* take what the pods carry in its place."""
        if not (self.alike and self.instead) or not pairs[self.key].written:
            return None
        if self.instead == self.key:
            return Fix.write(pairs[self.key], self.pods.labels[self.key])
        return Fix.rename(pairs[self.key], self.instead)


def near_misses(selector: Selector, candidates: Iterable[Pods], name: str) -> list[NearMiss]:
    """Those of the *candidates* that *selector* probably means, the likeliest first.

    Likely are pods that lack a single label of several, or whose labels are like all those that
    they lack, or whose workload is a namesake of the object with the selector, *name*.
    """
    found = []
    for pods in candidates:
        unmet = selector.unmet(pods)
        instead = [_instead(pods, key, selector.equal.get(key, "")) for key in unmet]
        unlike = sum(not like for _, like in instead)
        single = len(unmet) == 1 < len(selector.equal)
        if unmet and (single or not unlike or namesakes(pods.owner.name, name)):
            miss = NearMiss(pods, unmet[0], instead[0][0], alike=not unlike)
            found.append((unlike, len(unmet), miss))
    return [miss for _, _, miss in sorted(found, key=lambda each: each[:2])]


def namesakes(one: str, other: str) -> bool:
    """Whether two objects are named after the same thing: ``web-svc`` and ``web-deployment``."""
    return bool(one) and _stem(one) == _stem(other)


def _stem(name: str) -> str:
    words = name.split("-")
    while len(words) > 1 and words[-1] in _KIND_WORDS:
        words.pop()
    return "-".join(words)


def _instead(pods: Pods, key: str, value: str) -> tuple[str, bool]:
    """The pods' label in place of ``key=value`` ("" for none), and whether it is much like it."""
    written = pods.labels.get(key)
    if written is not None and closest(value, [written]) is not None:
        return key, True
    others = [k for k, v in pods.labels.items() if v == value and v]
    if others:  # rather its name than its component, or what it is a part of
        return next((k for k in others if k.endswith("name")), others[0]), True
    return ("" if written is None else key), False
