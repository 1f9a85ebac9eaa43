"""The command line: options in, a run or an explanation out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from hslint import __version__
from hslint.contract import SEVERITIES
from hslint.report import REPORTS
from hslint.run import Options, fail, run
from hslint.schema import NEWEST, OLDEST
from hslint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence


def _minor(_context: click.Context, _option: click.Parameter, value: str) -> int:
    """A Kubernetes version's minor: ``1.32``, ``v1.32`` and ``1.32.4`` are all 32."""
    major, _, rest = value.removeprefix("v").partition(".")
    minor = rest.partition(".")[0]
    if major == "1" and minor.isdecimal() and OLDEST <= int(minor) <= NEWEST:
        return int(minor)
    message = f"{value!r} is not one of 1.{OLDEST} to 1.{NEWEST}"
    raise click.BadParameter(message)


def _names(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> list[str]:
    """The names in all uses of an option, each of which may hold several with commas."""
    return [name for value in values for name in value.replace(",", " ").split()]


_EPILOG = """\
Exit status: 0 for no findings, 1 for findings, 2 if hslint could not run.

`hslint rule` lists the rules, `hslint rule NAME` explains one. `hslint lsp` serves an editor.
"""


@click.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    type=click.Choice(list(REPORTS)),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option("--output", metavar="FILE", help="Write the report to FILE.")
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
    "--kubernetes-version",
    "minor",
    metavar="1.MINOR",
    callback=_minor,
    default=f"1.{NEWEST}",
    show_default=True,
    help=f"The Kubernetes to check for, 1.{OLDEST} to 1.{NEWEST}.",
)
@click.option("--namespace", metavar="NAME", help="The namespace of objects that name none.")
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
@click.option(
    "--cluster-domain",
    metavar="DOMAIN",
    default="cluster.local",
    show_default=True,
    help="What the DNS names of the cluster end in.",
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
def check(paths: tuple[str, ...], **given: Any) -> int:
    """Check the Kubernetes manifests at every PATH, all of them together.

    A PATH is a file, a folder, or - for standard input.
    """
    options = Options()
    options.format = given["format"]
    options.output = given["output"]
    options.level = SEVERITIES[given["level"]]
    options.fail_on = given["fail_on"]
    options.select = given["select"]
    options.ignore = given["ignore"]
    options.schemas = given["schemas"]
    options.jobs = given["jobs"]
    if given["no_cache"]:
        options.cache = None
    elif given["cache_dir"]:
        options.cache = given["cache_dir"]
    options.settings = Settings(
        minor=given["minor"],
        namespace=given["namespace"],
        closed_world=given["closed_world"],
        cluster_domain=given["cluster_domain"].strip("."),
    )
    return run(paths, options)


@click.command("rule", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", required=False)
def explain(name: str | None) -> int:
    """Explain the rule NAME; list the rules of the group NAME, or all of them."""
    from hslint.contract import RuleError
    from hslint.explain import listing, page
    from hslint.registry import load

    try:
        rules = load()
        chosen = rules.select([name] if name else [])
    except RuleError as error:
        return fail(str(error))
    _show(page(rules.by_name[name]) if name in rules.by_name else listing(chosen))
    return 0


@click.command("lsp", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--stdio", is_flag=True, help="Nothing else is spoken; some editors say so.")
def serve(*, stdio: bool) -> int:  # noqa: ARG001
    """Serve an editor by the Language Server Protocol, on standard input and output."""
    try:
        from hslint.lsp.server import serve as speak
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        return fail("the language server needs more: pip install 'hslint[lsp]'")
    return speak()


def _show(markdown: str) -> None:
    """Print Markdown: laid out on a terminal, as it is elsewhere."""
    if not sys.stdout.isatty():
        click.echo(markdown, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(markdown))


def main(arguments: list[str]) -> int:
    """Run the command that *arguments* ask for; return the exit status."""
    command, program = check, "hslint"
    named = {"rule": explain, "lsp": serve}.get(arguments[0]) if arguments else None
    if named is not None:
        command, program, arguments = named, f"hslint {arguments[0]}", arguments[1:]
    try:
        with command.make_context(program, list(arguments)) as context:
            status: int = command.invoke(context)
    except click.exceptions.Exit as end:  # --help and --version
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return status
