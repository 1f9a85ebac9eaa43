"""Strings are read as the API server reads them."""

from __future__ import annotations

import pytest

from hslint.schema.notation import is_time


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.123456+01:00",
        "2024-02-29T1:59:59,5-24:60",
        "0000-02-29T00:00:00Z",
    ],
)
def test_a_time_is_what_go_takes_for_one(text: str) -> None:
    """Each was given to Go's time.Parse."""
    assert is_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00:00.Z",
        "2026-01-31t12:00:00z",
        "2026-01-31T12:00:00+ab:cd",
        "2026-01-31T12:00:00+99:99",
        "2026-01-31T12:00:00+0100",
        "2026-W05-6T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:00:60Z",
        "٢٠٢٦-01-31T12:00:00Z",
    ],
)
def test_what_go_refuses_is_no_time(text: str) -> None:
    assert not is_time(text)
