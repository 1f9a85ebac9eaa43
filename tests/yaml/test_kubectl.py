"""hslint reads what kubectl reads: asked of the real kubectl, hundreds of files in one call."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.yaml.kubectl import HEAD, compare, program
from tests.yaml.texts import PLAIN, documents, soup

calls = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_the_judge_is_there() -> None:
    assert program()


def test_plain_scalars() -> None:
    rng = random.Random(0)
    parts = [
        *"0123456789+-._eExXobBnyNY:~",
        "00",
        "0x",
        "0b",
        "0o",
        ".inf",
        "nan",
        "e+",
        "on",
        "1_0",
    ]
    scalars = [*PLAIN]
    while len(scalars) < 6000:
        text = "".join(rng.choices(parts, k=rng.randint(1, 8)))
        if not text.startswith(("- ", ":")) and text not in ("-", "---", "...") and text[-1] != ":":
            scalars.append(text)
    compare(
        [
            HEAD
            + b"v:\n"
            + b"".join(b"- %s\n" % text.encode() for text in scalars[start : start + 50])
            for start in range(0, len(scalars), 50)
        ]
    )


def test_scalars_as_keys() -> None:
    compare([HEAD + b"v: {%s: 1}\n" % text.encode() for text in PLAIN if text not in ("[]", "{}")])


@calls
@given(st.lists(documents(), min_size=20, max_size=40))
def test_documents(texts: list[bytes]) -> None:
    compare([HEAD + text for text in texts])


@calls
@given(st.lists(soup, min_size=40, max_size=80))
def test_anything(texts: list[bytes]) -> None:
    compare([HEAD + b"v: " + text + b"\n" for text in texts])
