"""Names are judged exactly as Kubernetes judges them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hslint import formats

if TYPE_CHECKING:
    from collections.abc import Callable

_LABEL = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_QUALIFIED = r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"


def fits(pattern: str, limit: int, name: str) -> bool:
    """Whether the whole *name* is of *pattern*, in at most *limit* bytes."""
    return len(name.encode()) <= limit and re.fullmatch(pattern, name, re.ASCII) is not None


def is_port_name(name: str) -> bool:
    return fits(r"(?!-)(?!.*--)(?=.*[a-z])[-a-z0-9]+(?<!-)", 15, name)


def is_label_key(key: str) -> bool:
    prefix, slash, name = key.rpartition("/")
    prefix_fits = fits(rf"{_LABEL}(\.{_LABEL})*", 253, prefix)
    return (not slash or prefix_fits) and fits(_QUALIFIED, 63, name)


#: Each format with the expression in k8s.io/apimachinery/pkg/util/validation/validation.go.
FORMATS: dict[str, tuple[Callable[[str], str], Callable[[str], bool]]] = {
    "dns_label": (formats.dns_label, lambda name: fits(_LABEL, 63, name)),
    "dns_1035_label": (
        formats.dns_1035_label,
        lambda name: fits(r"[a-z]([-a-z0-9]*[a-z0-9])?", 63, name),
    ),
    "dns_subdomain": (
        formats.dns_subdomain,
        lambda name: fits(rf"{_LABEL}(\.{_LABEL})*", 253, name),
    ),
    "port_name": (formats.port_name, is_port_name),
    "label_key": (formats.label_key, is_label_key),
    "label_value": (formats.label_value, lambda name: name == "" or fits(_QUALIFIED, 63, name)),
}
NAMES = (
    st.text("ab09-._/AZ", max_size=20)
    | st.text("a-", min_size=60, max_size=66)
    | st.text("a.", min_size=250, max_size=256)
    | st.text(max_size=4)
)


@pytest.mark.parametrize("form", FORMATS)
@given(name=NAMES)
def test_agrees_with_kubernetes(form: str, name: str) -> None:
    """A reason is given for exactly the names that the API server rejects."""
    reason, fits_format = FORMATS[form]

    assert bool(reason(name)) != fits_format(name)


@pytest.mark.parametrize(
    ("reason", "part"),
    [
        (formats.port_name("prometheus-metrics"), "18 characters, and at most 15"),
        (formats.port_name("8080"), "at least one letter"),
        (formats.port_name("web--ui"), "two hyphens in a row"),
        (formats.port_name("Web"), "contains `W`"),
        (formats.dns_label("a.b"), "contains `.`"),
        (formats.dns_label("-a"), "must start with a letter or digit, not `-`"),
        (formats.dns_1035_label("1a"), "must start with a letter"),
        (formats.dns_subdomain("a..b"), "two in a row"),
        (formats.dns_subdomain(""), "it is empty"),
        (formats.label_key("a/b/c"), "more than one `/`"),
        (formats.label_key("/b"), "before `/` is empty"),
        (formats.label_key("A.b/c"), "its prefix `A.b` is no DNS name: it contains `A`"),
        (formats.label_value("a b"), "contains ' '"),
    ],
)
def test_says_why(reason: str, part: str) -> None:
    """The reason names what is wrong with the name."""
    assert part in reason


@pytest.mark.parametrize(
    ("text", "before", "since_1_36"),
    [
        ("10.0.0.1", "", ""),
        ("2001:db8::7", "", ""),
        ("10.0.0.010", "", "a number in it begins with 0"),
        ("::ffff:10.0.0.1", "", "it is `10.0.0.1`, written as an IPv6 address"),
        ("10.0.0", "it is no IP address", "it is no IP address"),
        ("fe80::1%eth0", "it has a zone", "it has a zone"),
    ],
)
def test_addresses_are_stricter_since_1_36(text: str, before: str, since_1_36: str) -> None:
    assert formats.ip_address(text, 35) == before
    assert formats.ip_address(text, 36) == since_1_36


@pytest.mark.parametrize(
    ("text", "before", "since_1_36"),
    [
        ("10.0.0.0/8", "", ""),
        ("2001:db8::/32", "", ""),
        ("10.0.0.1/8", "", "the block begins at `10.0.0.0`"),
        ("10.0.0.010/32", "", "a number in it begins with 0"),
        ("10.0.0.0/33", "`33` is no number of its bits", "`33` is no number of its bits"),
        ("10.0.0.0", "it has no `/` with a number of bits", "it has no `/` with a number of bits"),
    ],
)
def test_blocks_of_addresses_are_stricter_since_1_36(
    text: str, before: str, since_1_36: str
) -> None:
    assert formats.cidr(text, 35) == before
    assert formats.cidr(text, 36) == since_1_36


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("::", "it stands for no address at all"),
        ("127.0.0.1", "it is a loopback address"),
        ("fe80::1", "it is a link-local address"),
        ("224.0.0.1", "it is a link-local address"),
        ("::ffff:224.0.0.1", "it is a link-local address"),
        ("ff02::1", "it is a link-local address"),
        ("ff12::1", "it is a link-local address"),
        ("ff05::1", ""),
        ("224.0.1.1", ""),
        ("10.0.0.1", ""),
    ],
)
def test_an_address_that_no_service_leads_to_is_one_to_go(address: str, reason: str) -> None:
    """As Go's net.IP has it; the second byte of a multicast address holds flags and its scope."""
    assert formats.special_address(address) == reason
