"""One run: checks what it is asked to, reports, and gives the exit status back."""

from __future__ import annotations

import sys
from os import environ
from time import monotonic

from hslint import workers
from hslint.checking import Chosen, check
from hslint.contract import SEVERITIES, WARNING, RuleError
from hslint.files import PathError
from hslint.options import Options
from hslint.report import DOCUMENTS, renderer
from hslint.report.paint import PLAIN, Paint
from hslint.report.summary import not_checked, summary
from hslint.report.visible import visible
from hslint.source import SourceError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hslint.baseline import Baseline
    from hslint.result import Result

CLEAN, FOUND, FAILED = 0, 1, 2


def run(paths: Sequence[str], options: Options | None = None) -> int:
    """Check the files at *paths* together, report, and return the exit status."""
    options = options or Options()
    added = ""
    try:
        baseline = _baseline(options)
        result, told = _found(paths, options, baseline)
        if options.add_ignores and result.findings:
            added = _add_ignores(result, options.add_ignores)
            result, told = _found(paths, options, baseline)
        return report(result, options, added + told)
    except (PathError, RuleError, SourceError) as error:
        return fail(str(error))


def report(result: Result, options: Options, more: str = "") -> int:
    """Write the reports, and *more* for the person who waits; return the exit status.

    Raises PathError.
    """
    result.status = status(result, options)
    _write(result, options)
    sys.stderr.write(more)
    tell_failure(result)
    return result.status


def tell_failure(result: Result) -> None:
    """Say why the run failed, if it did."""
    for fault in _one_a_rule(result.faults):
        fail(f"{fault}; this is a fault of hslint's own")
    if result.empty:
        fail("\n  ".join(("no Kubernetes object found", *not_checked(result))))


def _baseline(options: Options) -> Baseline | None:
    """The baseline that is asked for; raises PathError before any waiting."""
    if not (options.baseline or options.write_baseline):
        return None
    from hslint.baseline import Baseline  # most runs have none

    return Baseline(options.baseline, options.write_baseline)


def _found(paths: Sequence[str], options: Options, baseline: Baseline | None) -> tuple[Result, str]:
    """What the baseline does not hide, and what there is to say of what it did."""
    result = _watched(paths, options)
    if baseline is None or result.empty or result.faults:
        return result, ""
    before = sum(result.counts.values())
    told = baseline.hide(result, paths, lambda: Chosen(options, None).load().by_name)
    result.hidden = before - sum(result.counts.values())
    return result, told


def _add_ignores(result: Result, reason: str) -> str:
    """Write comments that ignore the findings; return what there is to say. Raises PathError."""
    from hslint.add_ignores import add
    from hslint.registry import load

    number, left = add(result.findings, reason, load().select(["ignore"]).by_name)
    lines = [f"Ignored: {number} of {len(result.findings)}."]
    for finding, why in left:
        span = finding.span
        lines.append(f"  {visible(span.file)}:{span.line}:{span.column}: {finding.rule}: {why}")
    return "".join(f"{line}\n" for line in lines)


def _watched(paths: Sequence[str], options: Options) -> Result:
    """The result for *paths*; who waits at a terminal is told how far it is after a second."""
    if not sys.stderr.isatty() or environ.get("TERM") == "dumb":
        return check(paths, options)
    workers.tell_from = monotonic() + 1
    try:
        return check(paths, options)
    finally:
        workers.tell_from = None
        if "hslint.progress" in sys.modules:
            sys.modules["hslint.progress"].clear()


def _one_a_rule(faults: Iterable[str]) -> Iterator[str]:
    """What failed, the first time for each rule: one that fails may fail on every object."""
    by_rule: dict[str, list[str]] = {}
    for fault in faults:
        by_rule.setdefault(fault.partition(" on ")[0], []).append(fault)
    for first, *others in by_rule.values():
        yield f"{first} (and on {len(others)} more)" if others else first


def fail(message: str) -> int:
    """Say why the run failed; return the exit status for that."""
    print(f"error: {message}", file=sys.stderr)  # noqa: T201  the way to say it
    return FAILED


def status(result: Result, options: Options) -> int:
    """The exit status for what was found, and for a run that failed."""
    if result.empty or result.faults:
        return FAILED
    if options.fail_on == "never":
        return CLEAN
    least = SEVERITIES.get(options.fail_on or "", max(WARNING, options.level))
    return FOUND if any(SEVERITIES[name] >= least for name in result.counts) else CLEAN


def _write(result: Result, options: Options) -> None:
    """Write the reports to their files and standard output; raises PathError.

    Of an empty run there are only those for programs. Where no person would read a summary in a
    report, it goes to standard error.
    """
    shown = None
    for form, output in options.reports:
        if result.empty and form not in DOCUMENTS:
            continue
        render = renderer(form, counting=options.statistics)
        if output is None:
            shown = form
            text = render(result, Paint(color=_wants_color()))
        else:
            _store(output, render(result, PLAIN))
    if shown is not None:
        sys.stdout.write(text)
    if not result.empty and shown not in ("text", *DOCUMENTS):
        sys.stderr.write(summary(result))


def _store(output: str, text: str) -> None:
    """Write a report to the file *output*; raises PathError."""
    try:
        with open(output, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        raise PathError.of(output, error) from error


def _wants_color() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; FORCE_COLOR brings it to pipes and CI logs."""
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return bool(environ.get("FORCE_COLOR")) or sys.stdout.isatty()
