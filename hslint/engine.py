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
from hslint.suppress import ignores_in, suppress
from hslint.workers import each, shares
from hslint.world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any, TypeAlias

    from hslint.contract import Problem, Rule, Severity
    from hslint.document import Document
    from hslint.gather import Gathered
    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.registry import Group, Rules
    from hslint.source import Source

    #: Documents and manifests to judge.
    Part: TypeAlias = tuple[Sequence[Document], Sequence[Manifest]]
    #: Counts by severity, plain findings, the numbers of the suppressions used, faults of rules.
    Judgement: TypeAlias = tuple[dict[str, int], list[Any], list[int], list[str]]

#: Manifests that are worth another process.
_MANY = 200


def lint(
    sources: Iterable[Source],
    rules: Rules,
    settings: Settings | None = None,
    known: Collection[str] = (),
    level: Severity = INFO,
    jobs: int = 1,
) -> Result:
    """Check all *sources* together: every file is checked, whatever is wrong with another.

    *known* are the names of all rules there are, when *rules* are only some of them. Findings below
    *level* are counted and not listed: nobody asks where they stand. At most *jobs* processes work
    at once; the result is the same however many.
    """
    settings = settings or Settings()
    gathered = gather(sources, settings.minor, settings.namespace, jobs)
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
    run = _Run(world, rules, result, closed=settings.closed_world)
    ignores = ignores_in(gathered, rules.by_name, known or rules.by_name)

    def judge(part: Part) -> Judgement:
        run.said.clear()
        run.judge(*part)
        run.said = suppress(run.said, ignores)
        counts, findings = run.told(level)
        used = [number for number, ignore in enumerate(ignores) if ignore.used]
        return counts, [finding.plain() for finding in findings], used, result.faults

    for counts, findings, used, faults in each(judge, _parts(gathered, jobs)):
        result.add(counts, map(Finding.of, findings))
        result.faults += (fault for fault in faults if fault not in result.faults)
        for number in used:
            ignores[number].used = True
    run.said.clear()
    groups = rules.seeing("ignore")
    for ignore in ignores:
        run.apply(groups, None, ignore=ignore)
    result.add(*run.told(level))
    result.findings.sort(key=Finding.order)
    return result


def _parts(gathered: Gathered, jobs: int) -> list[Part]:
    """The documents and manifests in parts, one for each process that is worth its while."""
    manifests = gathered.manifests
    if jobs == 1 or len(manifests) < _MANY:
        return [(gathered.documents, manifests)]
    parts = shares(manifests, [1] * len(manifests), jobs)
    documents = shares(gathered.documents, [1] * len(gathered.documents), len(parts))
    return list(zip(documents, parts, strict=True))


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

    __slots__ = ("_closed", "_result", "_rules", "_world", "said")

    def __init__(self, world: World, rules: Rules, result: Result, *, closed: bool) -> None:
        self._world = world
        self._rules = rules
        self._result = result
        self._closed = closed
        self.said: list[Said] = []

    def judge(self, documents: Iterable[Document], manifests: Iterable[Manifest]) -> None:
        """Run all rules about these."""
        groups = self._rules.seeing("document")
        for document in documents:
            self.apply(groups, None, document=document, fault=document.fault)
        for manifest in manifests:
            groups = self._rules.about(manifest.type, manifest.look())
            faults, world = manifest.faults, self._world
            self.apply(groups, manifest, manifest=manifest, world=world, faults=faults)
            self._world.forget(manifest)

    def told(self, level: Severity) -> tuple[dict[str, int], list[Finding]]:
        """How much was said, by severity, and the findings from *level* on."""
        counts: dict[str, int] = {}
        for said in self.said:
            counts[said.severity.name] = counts.get(said.severity.name, 0) + 1
        return counts, [s.finding(self._world) for s in self.said if s.severity >= level]

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
