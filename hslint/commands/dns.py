"""``hslint dns``: the DNS names that will exist, and what looking one up would give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from hslint.files import PathError
from hslint.listing import LISTINGS
from hslint.listing import lookup as lookup_text
from hslint.listing.json import render_lookup
from hslint.lookup import Resolver
from hslint.names import names
from hslint.run import CLEAN, FOUND, fail
from hslint.source import SourceError

if TYPE_CHECKING:
    from hslint.world import World

_EPILOG = (
    "Exit status: 0, or with --resolve 1 if the name does not resolve; 2 if hslint could not run."
)


@click.command("dns", epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    type=click.Choice(list(LISTINGS)),
    default="text",
    show_default=True,
    help="How the names are written; `zone` is a zone file.",
)
@click.option("--resolve", metavar="NAME", help="Look NAME up as a pod would.")
@click.option(
    "--from",
    "client",
    metavar="NAMESPACE",
    help="The namespace of the pod that looks NAME up.  [default: that of all Services]",
)
@namespace
@cluster_domain
@minor_version
@config
@no_config
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **given: Any) -> int:
    """List every DNS name that the Kubernetes manifests at PATH will make.

    A PATH is a file, a folder, or - for standard input. The names are those that CoreDNS answers in
    the cluster, each with the pods or the Service that it leads to.
    """
    name = given["resolve"]
    if given["client"] and not name:
        message = "--from is for --resolve"
        raise click.UsageError(message)
    if name is not None and given["format"] == "zone":
        message = "--resolve is no zone file"
        raise click.UsageError(message)
    try:
        world = load(paths, options_of(context, given)).world
    except (PathError, SourceError) as error:
        return fail(str(error))
    if name is None:
        listing = LISTINGS[given["format"]](names(world), world.cluster_domain)
        click.echo(listing, nl=False)
        return CLEAN
    lookup = Resolver(world).resolve(name, given["client"] or _home(world))
    is_json = given["format"] == "json"
    click.echo(render_lookup(lookup) if is_json else lookup_text.render(lookup), nl=False)
    return CLEAN if lookup.resolved else FOUND


def _home(world: World) -> str | None:
    """The one namespace that all Services here are in; None where they are in several."""
    here = (s for s in world.all("Service") if not s.is_elsewhere)
    found = {service.namespace for service in here}
    return found.pop() if len(found) == 1 else None
