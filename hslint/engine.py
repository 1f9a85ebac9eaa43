"""Sources in, findings out: reads no file and prints nothing."""

from __future__ import annotations

from hslint.contract import INFO
from hslint.document import Spot
from hslint.finding import Finding
from hslint.gather import gather
from hslint.node import KEY
from hslint.placeholder import has_placeholder
from hslint.result import Result
from hslint.said import Said
from hslint.schema import Schemas
from hslint.settings import Settings
from hslint.suppress import suppress
from hslint.world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from hslint.contract import Problem, Rule, Severity
    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.registry import Group, Rules
    from hslint.source import Source


def lint(
    sources: Iterable[Source],
    rules: Rules,
    settings: Settings | None = None,
    known: Collection[str] = (),
    level: Severity = INFO,
) -> Result:
    """Check all *sources* together: every file is checked, whatever is wrong with another.

    *known* are the names of all rules there are, when *rules* are only some of them. Findings below
    *level* are counted and not listed: nobody asks where they stand.
    """
    settings = settings or Settings()
    gathered = gather(sources, settings.minor, settings.namespace)
    result = Result(level)
    result.files = gathered.files
    result.documents = len(gathered.manifests)
    result.skipped = gathered.skipped
    _check_schemas(gathered.manifests, settings, result)
    world = World(
        gathered.manifests,
        minor=settings.minor,
        cluster_domain=settings.cluster_domain,
        closed=settings.closed_world,
        gaps=gathered.gaps,
        generated=gathered.generated,
    )
    run = _Run(world, result, closed=settings.closed_world)
    about_documents = rules.seeing("document")
    for document in gathered.documents:
        run.apply(about_documents, None, document=document, fault=document.fault)
    for manifest in gathered.manifests:
        groups, faults = rules.for_type(manifest.type), manifest.faults
        run.apply(groups, manifest, manifest=manifest, world=world, faults=faults)
        world.forget(manifest)
    ignores = suppress(run.said, gathered, rules.by_name, known or rules.by_name)
    about_ignores = rules.seeing("ignore")
    for ignore in ignores:
        run.apply(about_ignores, None, ignore=ignore)
    for said in run.said:
        result.counts[said.severity.name] = result.counts.get(said.severity.name, 0) + 1
    shown = (said.finding(world) for said in run.said if said.severity >= level)
    result.findings = sorted(shown, key=Finding.order)
    return result


def _check_schemas(manifests: list[Manifest], settings: Settings, result: Result) -> None:
    definitions = [m.root.value for m in manifests if m.kind == "CustomResourceDefinition"]
    schemas = Schemas(settings.minor, definitions, settings.schemas)
    for manifest in manifests:
        manifest.schemas = schemas
        faults = schemas.faults(manifest.root.value)
        if faults is not None:
            manifest.faults = faults
        elif schemas.removed(manifest.api_version, manifest.kind) is None:
            kind = f"{manifest.kind}.{manifest.api_version}"
            result.without_schema[kind] = result.without_schema.get(kind, 0) + 1
    result.skipped += [(title, f"unusable schema: {why}") for title, why in schemas.broken]


def _is_unfinished(at: Node | Spot) -> bool:
    """Whether the very value complained about is yet to be filled in: a template's, a script's."""
    if isinstance(at, Spot) or at.part == KEY:
        return False
    value = at.value
    if isinstance(value, dict) and not all(isinstance(item, str) for item in value.values()):
        return False
    return has_placeholder(value)


def _is_patched(at: Node | Spot, owner: Manifest | None) -> bool:
    """Whether a kustomization patches what stands at *at*."""
    if owner is None or owner.build is None:
        return False
    return owner.build.touches(at.path[len(owner.root.path) :])


class _Run:
    """Applies rules and keeps what they say."""

    __slots__ = ("_closed", "_result", "_world", "said")

    def __init__(self, world: World, result: Result, *, closed: bool) -> None:
        self._world = world
        self._result = result
        self._closed = closed
        self.said: list[Said] = []

    def apply(self, groups: list[Group], owner: Manifest | None, **given: object) -> None:
        """Run rules where all that they see is there; keep what they find."""
        for names, rules in groups:
            seen = [given[name] for name in names]
            if not all(seen):
                continue
            for rule in rules:
                try:
                    for problem in rule.check(*seen):
                        if not _is_unfinished(problem.at):
                            self.said.append(self._said(rule, owner, problem))
                except Exception as error:  # noqa: BLE001  it must not hide what others found
                    fault = f"rule {rule.name} failed on {seen[0]!r}: {error!r}"
                    self._result.faults.append(fault)

    def _said(self, rule: Rule, owner: Manifest | None, problem: Problem) -> Said:
        severity = problem.severity or rule.severity
        if rule.severity < severity and not self._closed:
            severity = rule.severity
        owner = owner or self._world.owner_of(problem.at)
        if rule.group != "yaml" and (
            _is_patched(problem.at, owner)
            or any(_is_patched(at, self._world.owner_of(at)) for at, _ in problem.related)
        ):
            severity = INFO  # as written it is wrong, but it is not applied as written
        return Said(rule.name, severity, owner, problem)
