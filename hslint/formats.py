"""The formats of names and addresses: each function says why a text breaks its format, or "".

A reason goes on after a name in a message: "`a_b` is no DNS label: " + "it contains `_`, …".
Source: k8s.io/apimachinery/pkg/util/validation (1.25 to 1.37); lengths count bytes, as there.
"""

from __future__ import annotations

from hslint.memory import remembered

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LOWER = _LETTERS + "0123456789"
_ANY = _LOWER + _LETTERS.upper()
_IN_LABEL = _LOWER + "-"
_NO_LETTERS = "0123456789-"
_IN_PATH = _ANY + "/%!$&'()*+,;=:@-._~"
_IN_QUALIFIED = _ANY + "-_."

MAX_LABEL = 63
MAX_SUBDOMAIN = 253
MAX_PORT_NAME = 15


@remembered
def dns_label(name: str) -> str:
    """Why *name* is no DNS-1123 label: pods' host names, Service port names, namespaces."""
    return _too_long(name, MAX_LABEL) or _label(name)


def dns_1035_label(name: str) -> str:
    """Why *name* is no DNS-1035 label: Service names up to 1.35 (they begin with a letter)."""
    reason = dns_label(name)
    if not reason and name[0] not in _LETTERS:
        return "it must start with a letter"
    return reason


def dns_subdomain(name: str) -> str:
    """Why *name* is no DNS-1123 subdomain: most object names. Its labels have no own limit."""
    if 0 < len(name) <= MAX_SUBDOMAIN and not name.strip(_IN_LABEL):  # no dots, as nearly always
        return _ends(name, _LOWER, "a letter or digit")
    reason = _too_long(name, MAX_SUBDOMAIN)
    for label in name.split("."):
        if reason:
            break
        if label:
            reason = _label(label)
        else:
            reason = "it has a dot at its start or end, or two in a row" if name else "it is empty"
    return reason


def port_name(name: str) -> str:
    """Why *name* is no port name (IANA_SVC_NAME): container ports, targetPort, probe ports."""
    if reason := _too_long(name, MAX_PORT_NAME):
        return reason
    if reason := _only(name, _IN_LABEL, "lower-case letters, digits and `-`"):
        return reason
    if not name.strip(_NO_LETTERS):
        return "it must have at least one letter"
    if "--" in name:
        return "it must not have two hyphens in a row"
    return _ends(name, _LOWER, "a letter or digit")


@remembered
def label_key(key: str) -> str:
    """Why *key* is no label key: a name of up to 63 characters, or ``prefix/name``."""
    prefix, slash, name = key.rpartition("/")
    if "/" in prefix:
        return "it has more than one `/`"
    if slash and not prefix:
        return "its part before `/` is empty"
    if prefix and (reason := dns_subdomain(prefix)):
        return f"its prefix `{prefix}` is no DNS name: {reason}"
    return _qualified(name)


@remembered
def label_value(value: str) -> str:
    """Why *value* is no label value: empty, or up to 63 letters, digits, ``-``, ``_`` and ``.``."""
    return _qualified(value) if value else ""


def domain_path(name: str) -> str:
    """Why *name* is no path with a domain before it: who manages a Job, ``example.com/name``."""
    domain, slash, path = name.partition("/")
    if not slash or not path:
        return "it has no `/` with a domain before it"
    return dns_subdomain(domain) or _only(path, _IN_PATH, "the characters of a path")


def ip_address(text: str, minor: int) -> str:
    """Why *text* is no IP address to Kubernetes 1.*minor*.

    Since 1.36 numbers may not begin with a 0, and an IPv4 address is not written as an IPv6 one
    (k8s.io/kubernetes pkg/apis/core/validation: IsValidIPForLegacyField).
    """
    if ":" not in text and not text[-1:].isdecimal():
        return "it is no IP address"
    from ipaddress import ip_address  # slow to import, and few manifests hold addresses

    plain = without_zeros(text)
    try:
        ip = ip_address(plain)
    except ValueError:
        return "it is no IP address"
    if "%" in text:
        return "it has a zone"
    if minor < 36:
        return ""
    if plain != text:
        return "a number in it begins with 0"
    mapped = ip.version == 6 and ip.ipv4_mapped
    return f"it is `{mapped}`, written as an IPv6 address" if mapped else ""


def cidr(text: str, minor: int) -> str:
    """Why *text* is no block of IP addresses (``10.0.0.0/8``) to Kubernetes 1.*minor*.

    Since 1.36 nothing may follow the prefix (IsValidCIDRForLegacyField).
    """
    from ipaddress import ip_network

    address, _, length = text.partition("/")
    if not length:
        return "it has no `/` with a number of bits"
    if reason := ip_address(address, minor):
        return reason
    try:
        network = ip_network(f"{without_zeros(address)}/{length}", strict=False)
    except ValueError:
        return f"`{length}` is no number of its bits"
    if minor >= 36 and str(network.network_address) != str(ip_network(address).network_address):
        return f"the block begins at `{network.network_address}`"
    return ""


def special_address(text: str) -> str:
    """Why no Service can lead to the IP address *text* (pkg/apis/core/validation: special IPs)."""
    from ipaddress import ip_address

    ip = ip_address(without_zeros(text))
    ip = (ip.version == 6 and ip.ipv4_mapped) or ip
    if ip.is_unspecified:
        return "it stands for no address at all"
    if ip.is_loopback:
        return "it is a loopback address"
    start = ip.packed[:3]
    multicast = start == b"\xe0\0\0" if ip.version == 4 else start[0] == 0xFF and start[1] & 15 == 2
    return "it is a link-local address" if ip.is_link_local or multicast else ""


def canonical(text: str) -> str:
    """An IP address or block as programs write it; another text as it is.

    Numbers without zeros before them, IPv6 as RFC 5952 has it, a block from its beginning. What is
    IPv4 written as IPv6 becomes IPv4 (k8s.io/utils/net: ParseCIDRSloppy).
    """
    from ipaddress import ip_address, ip_network  # slow to import

    address, slash, bits = text.partition("/")
    try:
        ip = ip_address(without_zeros(address))
        mapped = ip.version == 6 and ip.ipv4_mapped
        if not slash:
            return str(mapped or ip)
        length = int(bits) - 96 if mapped else int(bits)
        return str(ip_network(f"{mapped or ip}/{length}", strict=False))
    except ValueError:
        return text


def without_zeros(text: str) -> str:
    """An IPv4 address with its numbers as they are meant: ``10.1.2.003`` is ``10.1.2.3``."""
    parts = text.split(".")
    if ":" in text or not all(part.isdecimal() for part in parts):
        return text
    return ".".join(part.lstrip("0") or "0" for part in parts)


def _qualified(name: str) -> str:
    if 0 < len(name) <= MAX_LABEL and not name.strip(_IN_QUALIFIED):  # as nearly always
        return _ends(name, _ANY, "a letter or digit")
    return _too_long(name, MAX_LABEL) or _only(
        name, _IN_QUALIFIED, "letters, digits, `-`, `_` and `.`"
    )


def _label(name: str) -> str:
    allowed = "lower-case letters, digits and `-`"
    return _only(name, _IN_LABEL, allowed) or _ends(name, _LOWER, "a letter or digit")


def _too_long(name: str, limit: int) -> str:
    if len(name) <= limit and name.isascii():
        return ""
    length = len(name.encode("utf-8", "surrogatepass"))
    return f"it has {length} characters, and at most {limit} are allowed" if length > limit else ""


def _only(name: str, allowed: str, words: str) -> str:
    if not name:
        return "it is empty"
    if not name.strip(allowed):
        return ""  # as nearly always, and no character was looked at in Python
    for char in name:
        if char not in allowed:
            shown = f"`{char}`" if char.isprintable() and char != " " else f"{char!r}"
            return f"it contains {shown}, and only {words} are allowed"
    return ""


def _ends(name: str, allowed: str, words: str) -> str:
    if name[0] not in allowed:
        return f"it must start with {words}, not `{name[0]}`"
    return "" if name[-1] in allowed else f"it must end with {words}, not `{name[-1]}`"
