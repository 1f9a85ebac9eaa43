"""``hslint rule``: explain rules, and test those of one's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from hslint.run import CLEAN, FOUND, fail

if TYPE_CHECKING:
    from hslint.contract import Rule
    from hslint.registry import Rules


@click.command("rule", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", required=False)
@click.option("--rules", metavar="FOLDER", multiple=True, help="More rules, as for a check.")
@click.option(
    "--test",
    metavar="FOLDER",
    multiple=True,
    help="Run the examples of the rules in FOLDER; exit with 1 if one does not do what it says.",
)
def command(name: str | None, rules: tuple[str, ...], test: tuple[str, ...]) -> int:
    """Explain the rule NAME; list the rules of the group NAME, or all of them."""
    from hslint.contract import RuleError
    from hslint.explain import listing, page
    from hslint.registry import load, load_all

    try:
        folders = [*dict.fromkeys([*rules, *test])]
        known = load_all(folders)
        if test:
            own = {rule for folder in test for rule in load(folder).by_name}
            return _test(known, [rule for rule in known if rule.name in own])
        chosen = known.select([name] if name else [])
    except RuleError as error:
        return fail(str(error))
    _show(page(known.by_name[name]) if name in known.by_name else listing(chosen))
    return CLEAN


def _test(known: Rules, tested: list[Rule]) -> int:
    """Say where rules are not what their documentation says; return the exit status."""
    from hslint.examples import broken_promises

    status = CLEAN
    for rule in tested:
        for what in broken_promises(rule, known):
            click.echo(f"{rule.name}: {what}")
            status = FOUND
    right = "all are what their documentation says" if status == CLEAN else "see above"
    click.echo(f"{len(tested)} rule{'s' * (len(tested) != 1)}: {right}.")
    return status


def _show(markdown: str) -> None:
    """Print Markdown: laid out on a terminal, as it is elsewhere."""
    if not sys.stdout.isatty():
        click.echo(markdown, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(markdown))
