"""``hslint lsp``: serve an editor."""

from __future__ import annotations

import click

from hslint.run import fail


@click.command("lsp", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--stdio", is_flag=True, help="Nothing else is spoken; some editors say so.")
def command(*, stdio: bool) -> int:  # noqa: ARG001
    """Serve an editor by the Language Server Protocol, on standard input and output."""
    try:
        from hslint.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        return fail("the language server needs more: pip install 'hslint[lsp]'")
    return serve()
