"""``hslint graph``: Services, workloads and what refers to them, drawn."""

from __future__ import annotations

from typing import Any

import click

from hslint.commands.loading import read, tell_skipped
from hslint.commands.options import cluster_domain, minor_version, namespace
from hslint.contract import WARNING
from hslint.drawing import DRAWINGS
from hslint.engine import Judge
from hslint.files import PathError, find
from hslint.gather import gather
from hslint.graph import graph_of
from hslint.registry import load
from hslint.run import CLEAN, fail
from hslint.settings import Settings
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
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Draw the Services and workloads of the manifests at PATH, and what refers to them.

    A PATH is a file, a folder, or - for standard input. What hslint has an error or a warning for
    is red; what is not in the files has a dashed line.
    """
    settings = Settings(
        minor=given["minor"],
        namespace=given["namespace"],
        cluster_domain=given["cluster_domain"],
    )
    rules = load()
    try:
        readings = read(find(paths), settings, rules)
        gathered = gather(readings.sources, readings.packed(), settings)
        judged = Judge(gathered, rules, settings, (), WARNING)
        result = judged.judge_all()
    except (PathError, SourceError) as error:
        return fail(str(error))
    tell_skipped(gathered.skipped)
    if not gathered.manifests:
        return fail("no Kubernetes object found")
    click.echo(DRAWINGS[given["format"]](graph_of(judged.world, result.findings)), nl=False)
    return CLEAN
