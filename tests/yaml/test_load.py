"""What a document means to kubectl, case by case; each is put to the real kubectl as well."""

from __future__ import annotations

from typing import Any

import pytest

from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load
from hslint.yaml.marks import marks
from tests.yaml.kubectl import HEAD, REFUSED, exact, kubectl_reads

SCALARS: list[tuple[str, Any]] = [
    ("yes", True),
    ("No", False),
    ("on", True),
    ("OFF", False),
    ("y", True),
    ("Y", True),
    ("n", False),
    ("N", False),
    ("true", True),
    ("tRUE", "tRUE"),
    ("~", None),
    ("null", None),
    ("Null", None),
    ("", None),
    ("none", "none"),
    ("None", "None"),
    ("0777", 511),
    ("0o777", 511),
    ("0O17", 15),
    ("08", 8),
    ("010", 8),
    ("-0777", -511),
    ("0b101", 5),
    ("0x1F", 31),
    ("0X1F", 31),
    ("1_000", 1000),
    ("0x_FF", 255),
    ("12_", 12),
    ("+12", 12),
    ("1:30", "1:30"),
    ("190:20:30", "190:20:30"),
    ("22:22", "22:22"),
    ("8080:80", "8080:80"),
    ("1e3", 1000),
    ("1E3", 1000),
    ("12e3", 12000),
    ("1.5e3", 1500),
    ("1.0", 1),
    ("1.10", 1.1),
    ("5.", 5),
    (".5", 0.5),
    ("-.5", -0.5),
    ("1e400", "1e400"),
    (".inf", REFUSED),
    (".nan", REFUSED),
    ("NaN", "NaN"),
    ("9007199254740993", 9007199254740993),
    ("9223372036854775807", 9223372036854775807),
    ("9223372036854775808", 9223372036854775808.0),
    ("18446744073709551615", 18446744073709551615.0),
    ("123456789012345678901234567890", 1.2345678901234568e29),
    ("2001-12-14", "2001-12-14"),
    ("2001-12-14T21:59:43Z", "2001-12-14T21:59:43Z"),
    ("2024-13-45", "2024-13-45"),
    ("1.2.3", "1.2.3"),
    ("v1.10", "v1.10"),
    ("50%", "50%"),
    ("100m", "100m"),
    ("1Gi", "1Gi"),
    ('"yes"', "yes"),
    ("'123'", "123"),
    ("!!str 123", "123"),
    ('!!int "12"', 12),
    ("!!bool yes", True),
    ("! 12", "12"),
    ("!foo bar", "bar"),
    ("!!binary aGVsbG8=", "hello"),
    ("<<", "<<"),
    ("=", "="),
    ("[]", []),
    ("{}", {}),
    ("!!float 3", 3),
    ("!!float 0x10", 16),
    ("!!float 18446744073709551615", REFUSED),
    ("!!int 1.5", REFUSED),
    ("!!null x", REFUSED),
    ("!!binary x", REFUSED),
    ("!!binary /+I=", "\ufffd\ufffd"),
    ("!!timestamp 2001-12-14", "2001-12-14"),
    ("!!timestamp 2001-12-14 21:59:43", "2001-12-14 21:59:43"),
    ("!!timestamp 2001-13-14", REFUSED),
    ("!<tag:yaml.org,2002:int> '0b11'", 3),
    ("!e!x y", REFUSED),
    ("!", ""),
    ("[1.2.3.4, 001:db8::]", ["1.2.3.4", "001:db8::"]),
    ("[http://a:80, b:c]", ["http://a:80", "b:c"]),
    ("[a?b]", REFUSED),
    (r'"\/"', REFUSED),
    (r'"\'"', "'"),
    (r'"\ud83d\ude00"', REFUSED),
    ("a\tb", "a\tb"),
    ("\ta", "a"),
    ("“a”", "“a”"),
    ("a\u00a0b", "a\u00a0b"),
    ("'a\u2028  b'", "a\u2028b"),
    ("'a\x85 b'", "a b"),
]

#: What stands below the head of an object, and what becomes of it.
STRUCTURES: list[tuple[str, Any]] = [
    ("v: 1\nv: 2", {"v": 2}),
    ("{x: 1, y: 2}", {"x": 1, "true": 2}),
    ("{0777: a, 1e3: b, 3.14159265358979: c}", {"511": "a", "1000": "b", "3.1415927": "c"}),
    (
        "{1e6: a, 123456789.0: b, -0.0: c, 1e-7: d}",
        {"1e+06": "a", "1.2345679e+08": "b", "-0": "c", "1e-07": "d"},
    ),
    ("{.inf: a, -.inf: b, .nan: c}", {".inf": "a", "-.inf": "b", ".nan": "c"}),
    ("{1e300: a}", {".inf": "a"}),
    ("{~: a}", REFUSED),
    ("{18446744073709551615: a}", REFUSED),
    ("? [a]\n: b", REFUSED),
    ("? {a: 1}\n: b", REFUSED),
    ("b: &b {x: 1}\nm: {<<: *b, x: 9}", {"b": {"x": 1}, "m": {"x": 9}}),
    ("b: &b {x: 1}\nm: {x: 9, <<: *b}", {"b": {"x": 1}, "m": {"x": 1}}),
    ("m: {<<: [{x: 1}, {x: 2, z: 3}]}", {"m": {"x": 1, "z": 3}}),
    ("m: {<<: {<<: {a: 1}, b: 2}}", {"m": {"a": 1, "b": 2}}),
    ("m: {<<: null}", REFUSED),
    ("m: {<<: [1]}", REFUSED),
    ("m: {<<: x}", REFUSED),
    ('m: {"<<": x}', {"m": {"<<": "x"}}),
    ("m: {!!merge <<: {a: 1}}", {"m": {"a": 1}}),
    ("m: {! <<: {a: 1}}", {"m": {"a": 1}}),
    ("m: {!!str <<: {a: 1}}", {"m": {"<<": {"a": 1}}}),
    ("a: *x", REFUSED),
    ("a: &a [*a]", REFUSED),
    ("a: &x 1\nb: *x\nc: &x 2\nd: *x", {"a": 1, "b": 1, "c": 2, "d": 2}),
    ("a: &x [&x 1, *x]", {"a": [1, 1]}),
    ("&k a: 1\nb: *k", {"a": 1, "b": "a"}),
    ("v: .inf\nv: 1", {"v": 1}),
    ("v: {~: 1}\nv: 2", {"v": 2}),
    ("a:\n\tb: 1", REFUSED),
    ("a:\t1\t# c", {"a": 1}),
    ("a: >\n x\n\t y", REFUSED),
    ("a: |\t# c\n  x", {"a": "x\n"}),
    ("a: |+2-\n  x", REFUSED),
    ("a:\n\u00a0\u00a0b: 1", {"a": None, "\u00a0\u00a0b": 1}),
    ("a: 1\x01", REFUSED),
    ("a: 1\0", REFUSED),
    ("a: {{ .x }}", REFUSED),
    ("{{- if }}", REFUSED),
    ("a: |\n  ---\n  x", {"a": "---\nx\n"}),
    ("!!map a: b", {"a": "b"}),
    ("a: !!map {b: 1}\nc: !!seq [1]\nd: !!set {e}", {"a": {"b": 1}, "c": [1], "d": {"e": None}}),
    ("%YAML 1.1\na: 1", REFUSED),
    ("? a\n? b\n: 1", {"a": None, "b": 1}),
    ("[a, b]: c", REFUSED),
    ("a: [b: 1, ? c : 2, d]", {"a": [{"b": 1}, {"c": 2}, "d"]}),
]


def reading(text: bytes) -> Any:
    try:
        return load(text)[0]
    except YamlFault:
        return REFUSED


@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_scalar(text: str, value: Any) -> None:
    assert exact(reading(f"v: {text}\n".encode())) == exact(
        REFUSED if value == REFUSED else {"v": value}
    )
    if value != REFUSED:
        assert exact(marks(f"v: {text}\n".encode()).value) == exact({"v": value})


@pytest.mark.parametrize(("text", "value"), STRUCTURES)
def test_structure(text: str, value: Any) -> None:
    assert exact(reading(text.encode() + b"\n")) == exact(value)


def test_kubectl_agrees() -> None:
    """The tables above are not what hslint does, but what kubectl does."""
    cases = [
        (f"v: {text}", {"v": value} if value != REFUSED else REFUSED) for text, value in SCALARS
    ]
    cases += STRUCTURES
    files = [
        b"---\napiVersion: v1\nkind: Sample\nmetadata:\n  name: sample\nv:\n"
        + b"\n".join(b"  " + line for line in text.encode().split(b"\n"))
        + b"\n"
        for text, _ in cases
    ]
    assert HEAD in files[0]
    for (text, value), theirs in zip(cases, kubectl_reads(files), strict=True):
        found = theirs if theirs == REFUSED else theirs[0]["v"]
        assert exact(found) == exact(value), text


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2", "yes: 1", "1: a", "b: &b {x: 1}\n<<: *b", '{"a": 1, "a": 2}']
)
def test_odd(text: str) -> None:
    assert load(text.encode() + b"\n")[1]


@pytest.mark.parametrize("text", ["a: 1", "a: yes", "a: !!str 1", "a: &x 1\nb: *x", "a: '*' # &"])
def test_not_odd(text: str) -> None:
    assert not load(text.encode() + b"\n")[1]


TEMPLATES = [
    "a: {{ .b }}\n",
    "{{- if .b }}\na: 1\n{{- end }}\n",
    "a: 1\n{% if b %}\nc: 2\n",
    "a: <% b %>\n",
    "a: '{{ b }}'\n",
    "a: |\n  {{ b }}\n",
    "a: {{b: 1}: 2}\n",
    "a: [{{ b }}]\n",
    'a: "{{ b }}"\na: 2\n',
    "a: &x '{{ b }}'\nc: *x\n",
    "a: '{{ b }}'\n<<: {c: 1}\n",
    "a: !x '{{ b }}'\n",
    "a: x {{ b }}\n",
    "{{ b }}: 1\n",
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_of_a_template_it_is_told_that_it_is_no_yaml_and_not_why(text: str) -> None:
    def read(*, may_be_template: bool) -> object:
        try:
            return load(text.encode(), may_be_template=may_be_template)
        except YamlFault:
            return REFUSED

    assert read(may_be_template=True) == read(may_be_template=False)
