"""Options that several commands have."""

from __future__ import annotations

from typing import Any

import click

from hslint.options import Options
from hslint.schema import NEWEST, OLDEST


def minor_of(_context: click.Context, _option: click.Parameter, value: str) -> int:
    """A Kubernetes version's minor: ``1.32``, ``v1.32`` and ``1.32.4`` are all 32."""
    major, _, rest = value.removeprefix("v").partition(".")
    minor = rest.partition(".")[0]
    if major == "1" and minor.isdecimal() and OLDEST <= int(minor) <= NEWEST:
        return int(minor)
    message = f"{value!r} is not one of 1.{OLDEST} to 1.{NEWEST}"
    raise click.BadParameter(message)


minor_version = click.option(
    "--kubernetes-version",
    "minor",
    metavar="1.MINOR",
    callback=minor_of,
    default=f"1.{NEWEST}",
    show_default=True,
    help=f"The Kubernetes to check for, 1.{OLDEST} to 1.{NEWEST}.",
)
namespace = click.option(
    "--namespace", metavar="NAME", help="The namespace of objects that name none."
)
cluster_domain = click.option(
    "--cluster-domain",
    metavar="DOMAIN",
    callback=lambda _context, _option, value: value.strip("."),
    default="cluster.local",
    show_default=True,
    help="What the DNS names of the cluster end in.",
)
config = click.option(
    "--config", metavar="FILE", help="The config file.  [default: the nearest above PATH]"
)
no_config = click.option("--no-config", is_flag=True, help="Heed no config file.")


def options_of(context: click.Context, given: dict[str, Any]) -> Options:
    """What the options above say, and which options the command line holds."""
    if given["config"] and given["no_config"]:
        message = "--config and --no-config contradict each other"
        raise click.UsageError(message)
    options = Options()
    command_line = click.core.ParameterSource.COMMANDLINE
    options.said = {name for name in given if context.get_parameter_source(name) is command_line}
    options.config = "" if given["no_config"] else given["config"]
    for name in ("minor", "namespace", "cluster_domain"):
        setattr(options.settings, name, given[name])
    return options
