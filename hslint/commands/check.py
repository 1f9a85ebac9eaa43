"""``hslint PATH...``: check manifests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hslint import __version__
from hslint.commands.options import (
    cluster_domain,
    config,
    minor_version,
    namespace,
    no_config,
    options_of,
)
from hslint.contract import SEVERITIES
from hslint.report import FORMATS
from hslint.run import run

if TYPE_CHECKING:
    from collections.abc import Sequence


def _names(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> list[str]:
    """The names in all uses of an option, each of which may hold several with commas."""
    return [name for value in values for name in value.replace(",", " ").split()]


def _formats(
    _context: click.Context, _option: click.Parameter, values: Sequence[str]
) -> list[tuple[str, str | None]]:
    """Each format with its file; at most one has none, and none has another's."""
    found: list[tuple[str, str | None]] = []
    for value in values:
        form, sign, file = value.partition("=")
        if form not in FORMATS:
            message = f"{form!r} is not one of {', '.join(map(repr, FORMATS))}"
            raise click.BadParameter(message)
        if sign and not file:
            message = f"{value!r} names no file"
            raise click.BadParameter(message)
        if any(other == (file or None) for _, other in found):
            message = f"two formats cannot both go to {file or 'standard output'}"
            raise click.BadParameter(message)
        found.append((form, file or None))
    return found or [("text", None)]


def _reports(
    formats: list[tuple[str, str | None]], output: str | None
) -> list[tuple[str, str | None]]:
    """The formats, with *output* for the one that has no file."""
    files = [file for _, file in formats]
    if output is not None and (None not in files or output in files):
        message = f"--output {output}: there is no format without a file that could go there"
        raise click.UsageError(message)
    return [(form, file or output) for form, file in formats]


def _reason(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A reason of one line, with something in it."""
    if value is not None and not (value.strip() and value.isprintable()):
        message = "the reason is a line of text"
        raise click.BadParameter(message)
    return value


#: The options of the same name in Options.
_TAKEN_OVER = (
    *("add_ignores", "baseline", "fail_on", "ignore", "jobs", "rules"),
    *("schemas", "select", "statistics", "write_baseline"),
)
_EPILOG = """\
Exit status: 0 for no findings, 1 for findings, 2 if hslint could not run.

`hslint rule` lists the rules, `hslint rule NAME` explains one. `hslint dns PATH` lists the DNS
names that will exist, `hslint graph PATH` draws what refers to what, `hslint lsp` serves an editor.
"""


@click.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    "formats",
    metavar="FORMAT[=FILE]",
    multiple=True,
    callback=_formats,
    help=f"How findings are written: {', '.join(FORMATS)}. Several, if all but one have a FILE."
    "  [default: text]",
)
@click.option("--output", metavar="FILE", help="Write the report that has no FILE to FILE.")
@click.option(
    "--statistics",
    is_flag=True,
    help="Show how many findings each rule has: in place of them as text, beside them as json.",
)
@click.option(
    "--level",
    type=click.Choice(list(SEVERITIES)),
    default="warning",
    show_default=True,
    help="Show what is at least this bad.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    help="Exit with 1 if anything is at least this bad.  [default: warning; what --level hides"
    " does not count]",
)
@click.option("--baseline", metavar="FILE", help="Hide the findings that FILE remembers.")
@click.option(
    "--write-baseline", metavar="FILE", help="Remember the findings in FILE, and hide them."
)
@click.option(
    "--add-ignores",
    metavar="REASON",
    callback=_reason,
    help="Write comments that ignore the findings into the files.",
)
@click.option(
    "--select",
    metavar="NAME,...",
    multiple=True,
    callback=_names,
    help="Check these rules and groups only.",
)
@click.option(
    "--ignore",
    metavar="NAME,...",
    multiple=True,
    callback=_names,
    help="Leave these rules and groups out.",
)
@click.option(
    "--rules",
    metavar="FOLDER",
    multiple=True,
    help="More rules: `FOLDER/<group>/<name>.py`. They are programs, and are run.",
)
@minor_version
@namespace
@click.option(
    "--schemas",
    metavar="PATH",
    multiple=True,
    help="A file or folder with CustomResourceDefinitions or JSON schemas.",
)
@click.option(
    "--closed-world",
    is_flag=True,
    help="Nothing exists but what is in the files: what they lack is an error.",
)
@cluster_domain
@click.option("--fix", is_flag=True, help="Write what surely mends a finding, and check again.")
@click.option(
    "--unsafe-fixes", is_flag=True, help="Fix what a person should look at afterwards, too."
)
@click.option("--diff", is_flag=True, help="Show what would be fixed, and write nothing.")
@config
@no_config
@click.option(
    "--stdin-filename", metavar="FILE", help="What the path - stands for, among the other files."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Work in N processes.  [default: one for each processor]",
)
@click.option("--no-cache", is_flag=True, help="Remember nothing, and make no use of it.")
@click.option(
    "--cache-dir", metavar="DIR", help="Remember in DIR.  [default: the system's folder for caches]"
)
@click.version_option(__version__, message="hslint %(version)s")
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **given: Any) -> int:
    """Check the Kubernetes manifests at every PATH, all of them together.

    A PATH is a file, a folder, or - for standard input.
    """
    if given["stdin_filename"] and "-" not in paths:
        message = "--stdin-filename is for the path -, standard input"
        raise click.UsageError(message)
    options = options_of(context, given)
    options.stdin = given["stdin_filename"] or ""
    for name in _TAKEN_OVER:
        setattr(options, name, given[name])
    options.reports = _reports(given["formats"], given["output"])
    options.level = SEVERITIES[given["level"]]
    if options.add_ignores and "-" in paths:
        message = "--add-ignores writes into files, and standard input is none"
        raise click.UsageError(message)
    if given["no_cache"]:
        options.cache = None
    elif given["cache_dir"]:
        options.cache = given["cache_dir"]
    options.settings.closed_world = given["closed_world"]
    if given["fix"] or given["diff"]:
        if options.baseline or options.write_baseline or options.add_ignores:
            message = "fixes are made first, and baselines and comments written after"
            raise click.UsageError(message)
        from hslint.fixing import run as fix  # a check that fixes nothing needs none of it

        return fix(paths, options, unsafe=given["unsafe_fixes"], diff=given["diff"])
    if given["unsafe_fixes"]:
        message = "--unsafe-fixes goes with --fix or --diff"
        raise click.UsageError(message)
    return run(paths, options)
