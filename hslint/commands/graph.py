"""``hslint graph``: Services, workloads and what refers to them, drawn."""

from __future__ import annotations

from typing import Any

import click

from hslint.commands.loading import load
from hslint.commands.options import (
    cluster_domain,
    config,
    minor_version,
    namespace,
    no_config,
    options_of,
)
from hslint.contract import RuleError
from hslint.drawing import DRAWINGS
from hslint.files import PathError
from hslint.graph import graph_of
from hslint.run import CLEAN, fail
from hslint.source import SourceError


@click.command("graph", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    type=click.Choice(list(DRAWINGS)),
    default="mermaid",
    show_default=True,
    help="`html` and `svg` are pictures that need no network.",
)
@namespace
@cluster_domain
@minor_version
@config
@no_config
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **given: Any) -> int:
    """Draw the Services and workloads of the manifests at PATH, and what refers to them.

    A PATH is a file, a folder, or - for standard input. What hslint has an error or a warning for
    is red; what is not in the files has a dashed line.
    """
    try:
        judge = load(paths, options_of(context, given), judged=True)
        result = judge.judge_all()
    except (PathError, RuleError, SourceError) as error:
        return fail(str(error))
    click.echo(DRAWINGS[given["format"]](graph_of(judge.world, result.findings)), nl=False)
    return CLEAN
