"""Several processes find what one finds."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hslint import registry, workers
from hslint.engine import lint
from hslint.gather import _MUCH
from hslint.source import Source

RULES = registry.load()
PAIR = """\
apiVersion: v1
kind: Service
metadata:
  name: db-{n}
spec:
  clusterIP: None
  selector:
    app: db-{n}
  ports:
    - name: db
      port: 27017
      targetPort: {port}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db-{n}
  annotations:
    hslint/ignore: {ignored}
spec:
  serviceName: {service}
  selector:
    matchLabels:
      app: db-{n}
  template:
    metadata:
      labels:
        app: db-{n}
    spec:
      containers:
        - name: mongo
          image: mongo:8
          ports:
            - name: db
              containerPort: 27017
"""


def sources(number: int) -> list[Source]:
    """Files enough to be worth several processes, with something wrong in every third."""
    found = []
    for n in range(number):
        text = PAIR.format(
            n=n,
            port="mongo" if n % 3 == 1 else "db",
            service=f"db{n}" if n % 3 == 2 else f"db-{n}",
            ignored="governing-service-missing" if n % 2 else "octal-number",
        )
        if n % 50 == 7:
            text += "---\nkind: [\n"
        found.append(Source(f"{n % 7}/{n}.yaml", text.encode()))
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
def test_any_number_of_processes_finds_the_same() -> None:
    files = sources(_MUCH // 500)
    one, two, five = (lint(files, RULES, jobs=jobs) for jobs in (1, 2, 5))

    assert one.counts
    for other in (two, five):
        assert [f.plain() for f in other.findings] == [f.plain() for f in one.findings]
        assert other.counts == one.counts
        assert other.skipped == one.skipped
        assert other.faults == one.faults == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
def test_the_job_of_a_process_that_dies_is_done_here() -> None:
    parent = os.getpid()

    def work(job: int) -> int:
        if job == 1 and os.getpid() != parent:
            os._exit(3)
        return job * 10

    assert workers.each(work, [0, 1, 2]) == [0, 10, 20]


@given(st.lists(st.integers(0, 100), min_size=1), st.integers(1, 9))
def test_shares_hold_everything_in_order(weights: list[int], number: int) -> None:
    items = list(range(len(weights)))
    parts = workers.shares(items, weights, number)

    assert [item for part in parts for item in part] == items
    assert len(parts) <= number
    assert all(parts)
