"""Whatever the text: a fix changes the value that it is meant to, and no line that it need not."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from hslint import Fix
from hslint.document import documents
from hslint.edit import repairs
from hslint.mend import mend
from hslint.source import Source
from hslint.yaml.split import split

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from hslint import Node

WORDS = ("none", "None", "yes", "1.10", "0755", "a b", "db.svc:80", "é", "it's", "#", "", "x # y")
KEYS = ("clusterIP", "app", "a/b", "ports", "on", "k k", "name", "é", "1")


class Text:
    """A random document in a random style."""

    def __init__(self, random: Random) -> None:
        self.random = random
        value = self._mapping(0)
        self.is_json = random.random() < 0.15
        if self.is_json:
            self.text = json.dumps(value, indent=random.choice([None, 2]), ensure_ascii=False)
            self.text += "\n"
        else:
            self.text = "".join(self._block(value, ""))

    def _mapping(self, depth: int) -> dict[str, Any]:
        keys = self.random.sample(KEYS, self.random.randint(1, 4))
        return {key: self._any(depth + 1) for key in keys}

    def _any(self, depth: int) -> Any:
        kind = self.random.choice(["map", "list", "text", "text", "number"])
        if kind == "map" and depth < 3:
            return self._mapping(depth)
        if kind == "list" and depth < 3:
            return [self._any(depth + 1) for _ in range(self.random.randint(1, 3))]
        return self.random.choice(WORDS if kind == "text" else (80, True, 1.5))

    def _comment(self) -> str:
        return self.random.choice(["", "", "", " # why", "\t# {a: 1}", "  #"])

    def _between(self) -> str:
        return self.random.choice(["", "", "", "\n", "# a: none\n", "      # b\n", "#\n\n"])

    def _block(self, value: Any, indent: str) -> list[str]:
        """The lines of a mapping or list in block style."""
        lines: list[str] = []
        entries = value.items() if isinstance(value, dict) else ((None, item) for item in value)
        for key, inner in entries:
            head = indent + (f"{self._scalar(key)}:" if key is not None else "-")
            lines.append(self._between())
            deeper = indent + self.random.choice(["  ", "    "])
            if isinstance(inner, (dict, list)) and self.random.random() < 0.7:
                if key is None and self.random.random() < 0.7:
                    below = "".join(self._block(inner, indent + "  ")).lstrip("\n")
                    if below.startswith(indent + "  ") and below[len(indent) + 2] not in " #":
                        lines.append(f"{head} {below[len(indent) + 2 :]}")
                        continue
                lines += [head + self._comment() + "\n", *self._block(inner, deeper)]
            elif isinstance(inner, str) and inner.strip(" #") and self.random.random() < 0.2:
                lines += [f"{head} |-{self._comment()}\n", f"{deeper}{inner}\n"]
            else:
                lines.append(f"{head} {self._flow(inner)}{self._comment()}\n")
        return lines

    def _flow(self, value: Any) -> str:
        gap = self.random.choice(["", " "])
        if isinstance(value, dict):
            inner = f",{gap}".join(f"{self._scalar(k)}: {self._flow(v)}" for k, v in value.items())
            return f"{{{gap}{inner}{gap}}}"
        if isinstance(value, list):
            return f"[{gap}{f', {gap}'.join(map(self._flow, value))}{gap}]"
        return self._scalar(value)

    def _scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        if value in ("None", "none", "app", "name", "clusterIP", "a/b", "ports"):
            style = self.random.choice(["{}", "'{}'", '"{}"'])
            return style.format(value)
        if self.random.random() < 0.5:
            return json.dumps(value)
        return "'" + value.replace("'", "''") + "'"


def nodes(node: Node) -> list[Node]:
    found = [node]
    for child in node.children():
        found += nodes(child)
    return found


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def operation(random: Random, node: Node) -> tuple[Fix, Callable[[Any], None]]:
    """A random fix at a node below a root, and the same for a plain value."""
    path = node.path
    *_, step = path
    above = path[:-1]
    if isinstance(node.value, dict) and random.random() < 0.5:

        def add(value: Any) -> None:
            at(value, path)["new"] = "None"

        return Fix.add(node, "new", "None"), add
    if isinstance(step, str) and random.random() < 0.5:
        if random.random() < 0.5:

            def remove(value: Any) -> None:
                del at(value, above)[step]

            return Fix.remove(node), remove

        def rename(value: Any) -> None:
            at(value, above)["yes"] = at(value, above).pop(step)

        return Fix.rename(node, "yes"), rename
    new: Any = random.choice([*WORDS, 8080, False])

    def write(value: Any) -> None:
        at(value, above)[step] = new

    return Fix.write(node, new), write


def plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@given(st.randoms(use_true_random=False))
def test_the_value_differs_just_where_it_is_meant_to(random: Random) -> None:
    texts = [Text(random) for _ in range(random.randint(1, 3))]
    texts = texts[:1] if texts[0].is_json else [text for text in texts if not text.is_json]
    whole = "---\n".join(text.text for text in texts)
    end = random.choice(["\n", "\r\n"])
    data = (random.choice(["", "\ufeff"]) + whole.replace("\n", end)).encode()
    if random.random() < 0.3:
        data = data.removesuffix(end.encode())
    read = list(documents(Source("a.yaml", data)))
    assume(all(document.fault is None for document in read))
    number = random.randrange(len(read))
    node = random.choice(nodes(read[number].root)[1:])
    fix, change = operation(random, node)
    made = repairs([fix])[0]
    if fix.operations[0][0] in ("add", "rename"):
        assert made.edits, (made.why, whole, fix.operations)
    assume(made.edits)
    after, done = mend([made], lambda _: data)
    assert done, whole
    new = after["a.yaml"]

    wanted = [deepcopy(document.value) for document in read]
    change(wanted[number])
    got = [document.value for document in documents(Source("a.yaml", new))]
    assert list(map(plain, got)) == list(map(plain, wanted))
    assert len(split(new)) == len(split(data))

    touched = {line for _, first, _, last, *_ in made.edits for line in range(first, last + 1)}
    lines, written = data.split(b"\n"), new.split(b"\n")
    first, last = min(touched) - 1, max(touched)
    assert written[:first] == lines[:first]
    assert written[len(written) - len(lines[last:]) :] == lines[last:]
    assert (b"\r" in new) == (b"\r" in data and b"\n" in new)  # one line may have no end
    assert new.count(b"#") >= data.count(b"#") or fix.operations[0][0] in ("remove", "write")


@given(st.randoms(use_true_random=False))
def test_several_fixes_are_made_one_after_the_other(random: Random) -> None:
    """As many passes as it takes make all of them, or leave what cannot be made."""
    text = Text(random)
    data = text.text.encode()
    (document,) = documents(Source("a.yaml", data))
    assume(document.fault is None)
    scalars = [n for n in nodes(document.root) if isinstance(n.value, (str, int))]
    assume(scalars)
    wanted = deepcopy(document.value)
    chosen = random.sample(scalars, min(len(scalars), 4))
    tried = repairs([Fix.write(node, "new") for node in chosen])
    for node, made in zip(chosen, tried, strict=True):
        if made.edits:
            *above, step = node.path
            at(wanted, tuple(above))[step] = "new"

    after, done = mend(tried, lambda _: data)
    assert done == [made for made in tried if made.edits]
    (got,) = documents(Source("a.yaml", after.get("a.yaml", data)))
    assert plain(got.value) == plain(wanted)


def test_a_safe_fix_is_made_before_an_unsafe_one_of_the_same_text() -> None:
    data = b"protocol: udp\n"
    (document,) = documents(Source("a.yaml", data))
    protocol = document.root["protocol"]
    unsafe, safe = Fix.write(protocol, "TCP"), Fix.write(protocol, "UDP", safe=True)

    after, done = mend(repairs([unsafe, safe]), lambda _: data)
    assert after == {"a.yaml": b"protocol: UDP\n"}
    assert [repair.safe for repair in done] == [True]
