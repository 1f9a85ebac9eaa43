"""Write docs/options.md: every option of every command.

Run as ``python docs/make_options.py`` after a change of the options.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import click

HERE = Path(__file__).parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))  # the options of this checkout, whatever is installed

from hslint.commands import check, dns, graph, lsp, rule  # noqa: E402

PAGE = HERE / "options.md"
INTRODUCTION = """\
# Options

`hslint PATH...` checks. The other commands have their name as first word; a file or folder of such
a name is given as `./dns`. `hslint --help` and `hslint COMMAND --help` show what stands here.
"""
COMMANDS = {
    "hslint": check.command,
    "hslint rule": rule.command,
    "hslint dns": dns.command,
    "hslint graph": graph.command,
    "hslint lsp": lsp.command,
}


def table(command: click.Command) -> str:
    """The options of a command, from the options themselves."""
    rows = ["| Option | |", "| --- | --- |"]
    with click.Context(command) as context:
        for option in command.params:
            record = option.get_help_record(context)
            if record and isinstance(option, click.Option):
                name, meaning = record
                rows.append(f"| {_code(name)} | {meaning.replace('  [', ' [')} |")
    return "\n".join(rows)


def _code(text: str) -> str:
    """Code in a table, where Markdown's dialects differ on how to write a ``|``."""
    return f"<code>{text.replace('|', '&#124;')}</code>" if "|" in text else f"`{text}`"


def page() -> str:
    """The text of docs/options.md."""
    text = INTRODUCTION
    for name, command in COMMANDS.items():
        with click.Context(command, info_name=name) as context:
            usage = " ".join(command.collect_usage_pieces(context))
        what = inspect.cleandoc(command.help or "")
        text += f"\n## {name}\n\n`{name} {usage}`\n\n{what}\n\n{table(command)}\n"
        if command.epilog:
            text += f"\n{command.epilog.strip()}\n"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
