"""What Kubernetes' own code and CoreDNS said, recorded: hslint still says the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from hslint.commands.dns import command
from tests.judge import agreement, compare_worlds, wiring
from tests.judge.record import FOLDER, WIRED, read

if TYPE_CHECKING:
    from pathlib import Path

MINORS = sorted(int(path.name.split(".")[1]) for path in FOLDER.glob("1.*.json.xz"))
_WIRED = [minor for minor in MINORS if minor >= WIRED]


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


@pytest.mark.parametrize("minor", _WIRED)
def test_a_world_is_that_of_the_controllers_and_of_coredns(minor: int) -> None:
    """The same pods, ports and host names; the same names in DNS, with the same pods behind them.

    Whether somebody else made a name that is nowhere here rules leave open.
    """
    facts = [
        (sort, fact)
        for world in read(minor)["worlds"]
        for sort, found in compare_worlds.facts_of(world, minor)
        for fact in found
    ]
    assert {sort for sort, _ in facts} == set(compare_worlds.SORTS)
    assert [each for each in facts if wiring.share(each[1]) in ("differ", "unknown")] == []


@pytest.mark.parametrize("minor", _WIRED)
def test_the_command_lists_and_looks_up_what_coredns_answers(minor: int, tmp_path: Path) -> None:
    """The same through the command itself, for some of the worlds."""
    path = tmp_path / "world.yaml"

    def told(*arguments: str) -> Any:
        given = [f"--kubernetes-version=1.{minor}", "--format=json", *arguments, str(path)]
        return json.loads(CliRunner().invoke(command, given).output)

    for world in [world for world in read(minor)["worlds"] if world["ready"]][:5]:
        path.write_text("\n---\n".join(map(json.dumps, world["objects"])))
        answered = {f"{n['type']} {n['name']}" for n in told()["names"] if n["answers"]}
        assert answered == set(world["records"])
        for question, there in list(zip(world["asked"], world["there"], strict=True))[::15]:
            if there != wiring.NAME:  # of another family, or an alias that leads nowhere
                resolved = told(f"--resolve={question['name']}")["resolved"]
                assert resolved == (there == wiring.RECORDS), question
