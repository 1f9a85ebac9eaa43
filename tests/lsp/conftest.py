"""An editor for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.lsp.desk import WORKLOAD, Desk, connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """An editor in a folder without files, and not yet started."""
    client = await connect()
    yield Desk(client, tmp_path / "manifests")
    await client.shutdown_session()
    await client.stop()  # type: ignore[no-untyped-call]


@pytest.fixture
def missing() -> str:
    """A StatefulSet whose Service is not there."""
    return WORKLOAD.replace("serviceName: db", "serviceName: nowhere")
