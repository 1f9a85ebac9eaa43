"""Files in, findings out: prints nothing, and reads no more than the files it is given."""

from __future__ import annotations

from hslint import problem
from hslint.checks import check, seen_of
from hslint.contract import INFO
from hslint.finding import Finding
from hslint.gather import gather
from hslint.reading import Reader
from hslint.readings import Readings
from hslint.result import Result
from hslint.said import Said
from hslint.schema import Schemas
from hslint.settings import Settings
from hslint.suppress import ignores_in, suppress
from hslint.workers import each, runs
from hslint.world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from typing import Any, TypeAlias

    from hslint.contract import Problem, Severity
    from hslint.document import Spot
    from hslint.fix import Fix
    from hslint.gather import Gathered
    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.overrides import Overrides
    from hslint.registry import Rules
    from hslint.repair import Repair
    from hslint.source import Source

    #: Counts by severity, plain findings, the numbers of the suppressions used, rules that failed,
    #: kinds without a schema, schemas that cannot be used.
    Judgement: TypeAlias = tuple[
        dict[str, int], list[Any], list[int], list[str], dict[str, int], list[tuple[str, str]]
    ]

#: Documents that are judged at once, and how many are worth another process.
_RUN, _MANY = 50, 200


def lint(
    sources: Iterable[Source],
    rules: Rules,
    settings: Settings | None = None,
    known: Collection[str] = (),
    level: Severity = INFO,
    jobs: int = 1,
) -> Result:
    """Check all *sources* together: every file is checked, whatever is wrong with another.

    See ``judge`` for *known*, *level* and *jobs*.
    """
    settings = settings or Settings()
    reader = Reader(rules, settings)
    readings = Readings(list(sources), lambda: reader, None, jobs)
    return judge(readings, rules, settings, known, level, jobs)


def judge(
    readings: Readings,
    rules: Rules,
    settings: Settings,
    known: Collection[str] = (),
    level: Severity = INFO,
    jobs: int = 1,
    meanwhile: Callable[[], object] | None = None,
) -> Result:
    """Check what was read, all of it together; whichever process is free first calls *meanwhile*.

    *known* are the names of all rules there are, when *rules* are only some of them. Findings below
    *level* are counted and not listed: nobody asks where they stand. At most *jobs* processes work
    at once; the result is the same however many.
    """
    gathered = gather(readings.sources, readings.packed(), settings)
    return Judge(gathered, rules, settings, known, level).judge_all(jobs, meanwhile)


class Judge:
    """Holds objects against each other, and takes together what was found."""

    def __init__(
        self,
        gathered: Gathered,
        rules: Rules,
        settings: Settings,
        known: Collection[str],
        level: Severity,
    ) -> None:
        self._gathered = gathered
        self._documents = gathered.documents
        self._unpacked = gathered.unpacked
        self._level = level
        self._closed = settings.closed_world
        self._rules = rules
        self._is_given = settings.is_given
        self._overrides: Overrides | None = None
        external: Iterable[Manifest] = ()
        if settings.file:  # most projects have no config
            from hslint.external import external_objects
            from hslint.overrides import Overrides

            self._overrides = Overrides(settings, rules)
            external = external_objects(settings)
        self._alone, self._across = rules.alone, rules.across
        groups = {manifest.group for manifest in gathered.manifests}
        definitions = [
            manifest.root.value
            for group, found in gathered.definitions.items()
            if group in groups
            for manifest in found
        ]
        self._schemas = Schemas(settings.minor, definitions, settings.schemas)
        for manifest in gathered.manifests:
            manifest.schemas = self._schemas
        self._world = World(
            self._in_passing(gathered.manifests),
            minor=settings.minor,
            cluster_domain=settings.cluster_domain,
            closed=settings.closed_world,
            gaps=gathered.gaps,
            generated=gathered.generated,
            external=external,
        )
        self._ignores = ignores_in(gathered, rules.by_name, known or rules.by_name)
        self._forget()

    @property
    def world(self) -> World:
        """The objects that are held against each other."""
        return self._world

    def _in_passing(self, manifests: Iterable[Manifest]) -> Iterator[Manifest]:
        """Yield all objects; no more than a few of them are unpacked at a time."""
        for manifest in manifests:
            yield manifest
            manifest.forget()
            if len(self._unpacked) > _RUN:
                for document in self._unpacked:
                    document.forget()
                self._unpacked.clear()

    def judge_all(self, jobs: int = 1, meanwhile: Callable[[], object] | None = None) -> Result:
        """Judge all documents; see the function ``judge`` for the arguments."""
        gathered = self._gathered
        result = Result(self._level)
        result.files = gathered.files
        result.along = gathered.along
        result.documents = sum(self._is_given(manifest.file) for manifest in gathered.manifests)
        result.skipped = [each for each in gathered.skipped if self._is_given(each[0])]
        result.faults = gathered.failures
        cut = runs([1] * len(gathered.documents), _RUN)
        processes = jobs if len(gathered.manifests) > _MANY else 1

        def work(run: range | None) -> Judgement:
            if run is None and meanwhile is not None:
                meanwhile()
            return self.judge(run or range(0))

        self.take(each(work, [None, *cut], processes, "judging objects"), result)
        result.findings.sort(key=Finding.order)
        return result

    def judge(self, run: range) -> Judgement:
        """Judge a run of the documents."""
        said: list[Said] = []
        failures: list[str] = []
        without: dict[str, int] = {}
        broken = len(self._schemas.broken)
        for document in self._documents[run.start : run.stop]:
            said += (self._said(*problem.of(told, document), None) for told in document.said)
            for manifest in self._world.objects_in(document):
                for name, found in self._problems(manifest, failures, without):
                    said.append(self._said(name, found, manifest))
        said = suppress(said, self._ignores)
        counts, findings = self._told(said)
        used = [number for number, ignore in enumerate(self._ignores) if ignore.used]
        plain = [finding.plain() for finding in findings]
        self._forget()
        return counts, plain, used, failures, without, self._schemas.broken[broken:]

    def _forget(self) -> None:
        """Let go of what was looked at."""
        for document in self._unpacked:
            for manifest in self._world.objects_in(document):
                self._world.forget(manifest)
            document.forget()
        self._unpacked.clear()

    def take(self, told: Iterable[Judgement], result: Result) -> None:
        """Take what was found into *result*, and what is wrong with the suppressions."""
        for counts, findings, used, failures, without, broken in told:
            result.add(counts, map(Finding.of, findings))
            result.faults += (failure for failure in failures if failure not in result.faults)
            for kind, number in without.items():
                result.without_schema[kind] = result.without_schema.get(kind, 0) + number
            for title, why in broken:
                skipped = title, f"unusable schema: {why}"
                result.skipped += () if skipped in result.skipped else (skipped,)
            for number in used:
                self._ignores[number].used = True
        groups = self._rules.seeing("ignore")
        said = [
            self._said(rule.name, found, None)
            for ignore in self._ignores
            for rule, found in check(groups, result.faults, ignore=ignore)
        ]
        result.add(*self._told(said))

    def _problems(
        self, manifest: Manifest, failures: list[str], without: dict[str, int]
    ) -> Iterator[tuple[str, Problem]]:
        """Yield what rules find in an object."""
        groups = self._across.about(manifest.type, manifest.fields)
        if not self._schemas.serves(manifest.api_version, manifest.kind):
            self._hold_against_custom_schema(manifest, without)
            if manifest.faults:  # what is said of an object depends on how it fits
                groups = [*self._alone.about(manifest.type, manifest.look()), *groups]
                manifest.said = ()
        for told in manifest.said:
            yield problem.of(told, manifest.document)
        seen = seen_of(manifest, self._schemas)
        for rule, found in check(groups, failures, **seen, world=self._world):
            yield rule.name, found

    def _hold_against_custom_schema(self, manifest: Manifest, without: dict[str, int]) -> None:
        """Check an object of a kind that is not Kubernetes' own, or count it in *without*."""
        faults = None
        if self._schemas.defines(manifest.api_version, manifest.kind):
            faults = self._schemas.faults(manifest.root.value)
        manifest.faults = faults or ()
        if faults is not None or not self._is_given(manifest.file):
            return
        if not self._schemas.removed(manifest.api_version, manifest.kind):
            kind = f"{manifest.kind}.{manifest.api_version}"
            without[kind] = without.get(kind, 0) + 1

    def _told(self, said: list[Said]) -> tuple[dict[str, int], list[Finding]]:
        """How much was said, by severity, and the findings that are listed."""
        counts: dict[str, int] = {}
        if self._overrides is not None:
            said = self._overrides.kept(said)
        for one in said:
            counts[one.severity.name] = counts.get(one.severity.name, 0) + 1
        shown = [one for one in said if one.severity >= self._level]
        repairs = _repairs([one.fix for one in shown if one.fix is not None])
        return counts, [one.finding(self._world, repairs.get(id(one.fix))) for one in shown]

    def _said(self, name: str, found: Problem, owner: Manifest | None) -> Said:
        rule = self._rules.by_name[name]
        severity = found.severity or rule.severity
        if rule.severity < severity and not self._closed:
            severity = rule.severity
        if self._overrides is not None:
            severity = self._overrides.severity(rule, severity)
        owner = owner or self._world.owner_of(found.at)
        if rule.group != "yaml" and (
            _is_patched(found.at, owner)
            or any(_is_patched(at, self._world.owner_of(at)) for at, _ in found.related)
        ):
            severity = INFO  # as written it is wrong, but it is not applied as written
        return Said(name, severity, owner, found)


def _repairs(fixes: list[Fix]) -> dict[int, Repair]:
    """What each of the *fixes* writes, by its id."""
    if not fixes:
        return {}
    from hslint.edit import repairs  # few findings have a fix

    return dict(zip(map(id, fixes), repairs(fixes), strict=True))


def _is_patched(at: Node | Spot, owner: Manifest | None) -> bool:
    """Whether a kustomization patches what stands at *at*."""
    if owner is None or owner.build is None:
        return False
    return owner.build.touches(at.path[len(owner.root.path) :])
