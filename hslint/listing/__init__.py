"""Names as a reader wants them: one format, one file, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint.listing import json, text, zone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from hslint.names import Name

    #: Names and the cluster's domain in, text out.
    Listing: TypeAlias = Callable[[Sequence[Name], str], str]

#: What renders names, by the name of the format.
LISTINGS: dict[str, Listing] = {"text": text.render, "json": json.render, "zone": zone.render}
