"""The command line: which command is asked for, and its exit status."""

from __future__ import annotations

import click


def main(arguments: list[str]) -> int:
    """Run the command that *arguments* ask for; return the exit status."""
    name, program = "check", "hslint"
    if arguments[:1] and arguments[0] in COMMANDS:
        name, *arguments = arguments
        program = f"hslint {name}"
    command = _command(name)
    try:
        with command.make_context(program, list(arguments)) as context:
            status: int = command.invoke(context)
    except click.exceptions.Exit as end:  # --help and --version
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return status


#: First words that are no path; a file of such a name is given as ``./dns``.
COMMANDS = ("rule", "dns", "graph", "lsp")


def _command(name: str) -> click.Command:
    """The command of this name; only the one that is asked for is imported."""
    module = __import__(f"hslint.commands.{name}", fromlist=["command"])
    command: click.Command = module.command
    return command
