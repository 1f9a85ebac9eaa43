"""Sources in, findings out: reads no file and prints nothing."""

from __future__ import annotations

from hslint.document import Spot
from hslint.finding import Finding
from hslint.gather import gather
from hslint.node import KEY
from hslint.placeholder import has_placeholder
from hslint.rule import INFO
from hslint.said import Said
from hslint.schema import Schemas
from hslint.suppress import suppress
from hslint.world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
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

    __slots__ = (
        "counts",
        "documents",
        "faults",
        "files",
        "findings",
        "level",
        "skipped",
        "without_schema",
    )

    def __init__(self, level: Severity = INFO) -> None:
        #: What is listed in ``findings``; what is less bad is only counted.
        self.level = level
        self.findings: list[Finding] = []
        #: How many findings there are, by the name of their severity.
        self.counts: dict[str, int] = {}
        self.files = 0
        self.documents = 0
        #: (file, why) of what was not checked.
        self.skipped: list[tuple[str, str]] = []
        #: How many objects of each kind have no schema, by ``Kind.group/version``.
        self.without_schema: dict[str, int] = {}
        #: Rules that failed, said in full: faults of hslint's own.
        self.faults: list[str] = []


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
