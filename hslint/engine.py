"""Sources in, findings out: reads no file and prints nothing."""

from __future__ import annotations

from hslint.document import Spot
from hslint.finding import Finding, Place
from hslint.gather import gather
from hslint.node import KEY
from hslint.placeholder import has_placeholder
from hslint.rule import INFO
from hslint.schema import Schemas
from hslint.suppress import suppress
from hslint.world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Any

    from hslint.gather import Source
    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.registry import Group, Rules
    from hslint.rule import Problem, Rule, Severity


class Settings:
    """What a run takes for granted: the command line's options that change findings."""

    __slots__ = ("closed_world", "cluster_domain", "minor", "namespace", "schemas")

    def __init__(
        self,
        *,
        minor: int = 37,
        namespace: str | None = None,
        cluster_domain: str = "cluster.local",
        closed_world: bool = False,
        schemas: Sequence[tuple[str, Any]] = (),
    ) -> None:
        self.minor = minor
        #: Further schemas: (file, parsed document), definitions of custom resources among them.
        self.schemas = schemas
        self.namespace = namespace
        self.cluster_domain = cluster_domain
        self.closed_world = closed_world


class Result:
    """The findings of a run, sorted, and what it covered."""

    __slots__ = ("documents", "faults", "files", "findings", "skipped", "without_schema")

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.files = 0
        self.documents = 0
        #: (file, why) of what was not checked.
        self.skipped: list[tuple[str, str]] = []
        #: How many objects of each kind have no schema, by ``Kind.group/version``.
        self.without_schema: dict[str, int] = {}
        #: Rules that failed, said in full: faults of hslint's own.
        self.faults: list[str] = []

    def shown(self, level: Severity) -> list[Finding]:
        """The findings that are at least as bad as *level*."""
        return [finding for finding in self.findings if finding.severity >= level]


def lint(
    sources: Iterable[Source],
    rules: Rules,
    settings: Settings | None = None,
    known: Collection[str] = (),
) -> Result:
    """Check all *sources* together: every file is checked, whatever is wrong with another.

    *known* are the names of all rules there are, when *rules* are only some of them.
    """
    settings = settings or Settings()
    gathered = gather(sources, settings.minor, settings.namespace)
    result = Result()
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
        manifest.root.forget()
    ignores = suppress(run.findings, gathered, rules.by_name, known or rules.by_name)
    about_ignores = rules.seeing("ignore")
    for ignore in ignores:
        run.apply(about_ignores, None, ignore=ignore)
    result.findings = sorted(run.findings, key=Finding.order)
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


def _is_patched(place: Place) -> bool:
    """Whether a kustomization patches what stands at *place*."""
    owner = place.owner
    if owner is None or owner.build is None:
        return False
    return owner.build.touches(place.at.path[len(owner.root.path) :])


class _Run:
    """Applies rules and turns what they say into findings."""

    __slots__ = ("_closed", "_owners", "findings", "result", "world")

    def __init__(self, world: World, result: Result, *, closed: bool) -> None:
        self.world = world
        self.result = result
        self.findings: list[Finding] = []
        self._closed = closed

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
                            self.findings.append(self._finding(rule, owner, problem))
                except Exception as error:  # noqa: BLE001  it must not hide what others found
                    fault = f"rule {rule.name} failed on {seen[0]!r}: {error!r}"
                    self.result.faults.append(fault)

    def _finding(self, rule: Rule, owner: Manifest | None, problem: Problem) -> Finding:
        severity = problem.severity or rule.severity
        if rule.severity < severity and not self._closed:
            severity = rule.severity
        related = tuple(self._places(problem.related))
        place = Place(problem.at, owner or self.world.owner_of(problem.at))
        if rule.group != "yaml" and any(_is_patched(each) for each in (place, *related)):
            severity = INFO  # as written it is wrong, but it is not applied as written
        return Finding(rule.name, severity, problem.message, place, related, problem.help)

    def _places(self, related: tuple[tuple[Node | Spot, str], ...]) -> Iterator[Place]:
        for node, sentence in related:
            yield Place(node, self.world.owner_of(node), sentence)
