"""What Kubernetes' own code and CoreDNS said, recorded: hslint still says the same."""

from __future__ import annotations

import pytest

from tests.judge import agreement, wiring
from tests.judge.record import FOLDER, read

MINORS = sorted(int(path.name.split(".")[1]) for path in FOLDER.glob("1.*.json.xz"))


@pytest.mark.parametrize("minor", MINORS)
def test_what_kubernetes_rejects_and_warns_of_is_found_and_nothing_else(minor: int) -> None:
    """Where hslint differs, it did so when the verdicts were recorded, and seldom."""
    recorded = read(minor)["objects"]
    new, differing = [], 0
    for value, verdict, known in recorded:
        found = agreement.differences(verdict, agreement.findings(value, minor))
        differing += bool(found)
        new += [(each, value) for each in found if repr(each) not in known]

    assert new == []
    assert differing < len(recorded) / 10  # these objects were chosen for being unlike each other


@pytest.mark.parametrize("minor", MINORS)
def test_pods_ports_and_names_are_those_of_the_controllers(minor: int) -> None:
    """The same pods behind a Service, by the same ports, with the same host names."""
    for objects, wired, _, _ in read(minor)["worlds"]:
        facts = wiring.facts(objects, wired, minor)
        assert [fact for fact in facts if wiring.share(fact) != "agree"] == [], objects


@pytest.mark.parametrize("minor", MINORS)
def test_names_are_answered_as_by_coredns(minor: int) -> None:
    """Where hslint answers at all; names that somebody else may have made it leaves open."""
    for objects, _, questions, told in read(minor)["worlds"]:
        facts = wiring.answers(objects, questions, told, minor)
        assert [f for f in facts if wiring.share(f) in ("differ", "unknown")] == [], objects
