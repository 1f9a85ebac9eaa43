"""The end of a report: what was checked, what was found, and what was not checked."""

from __future__ import annotations

from hslint.contract import SEVERITIES
from hslint.report.paint import PLAIN, Paint
from hslint.report.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hslint.result import Result


def summary(result: Result, paint: Paint = PLAIN) -> str:
    """A few lines about the whole run."""
    least = result.level.rank
    shown = {name: n for name, n in result.counts.items() if SEVERITIES[name].rank >= least}
    hidden = {name: n for name, n in result.counts.items() if name not in shown}
    checked = f"{_count(result.files, 'file')}, {_count(result.documents, 'object')}"
    if result.along:
        checked += f" ({_count(result.along, 'other file')} of the project read along)"
    if shown:
        found = f"{_counts(shown, paint)}. Explain a rule with `hslint rule NAME`."
    else:
        found = paint("clean", "no problems found.")
    lines = [f"{checked}: {found}"]
    if hidden:
        lowest = min(hidden, key=lambda name: SEVERITIES[name].rank)
        lines.append(f"Hidden: {_counts(hidden, PLAIN)}; see `--level {lowest}`.")
    lines += fixes(result)
    left_out = list(not_checked(result))
    if left_out:
        lines += ["Not checked:", *(f"  {line}" for line in left_out)]
    return "".join(f"{line}\n" for line in lines)


def fixes(result: Result, done: str = "Fixed") -> Iterator[str]:
    """What was fixed, and what else can be."""
    if result.fixed[0]:
        problems, files = result.fixed
        yield f"{done} {_count(problems, 'problem')} in {_count(files, 'file')}."
    repairs = [f.fix for f in result.findings if f.fix is not None and f.fix.edits]
    safe = sum(repair.safe for repair in repairs)
    unsafe = len(repairs) - safe
    more = f"{unsafe}{' more' if safe else ' can be fixed'} with `--fix --unsafe-fixes`"
    parts = [f"{safe} can be fixed with `--fix`"] if safe else []
    parts += [more] if unsafe else []
    if parts:
        yield f"{', '.join(parts)}."


def not_checked(result: Result) -> Iterator[str]:
    """A line for each reason why something was left out, with the files, and the kinds."""
    reasons: dict[str, dict[str, None]] = {}
    for file, reason in result.skipped:
        reasons.setdefault(reason, {})[visible(file)] = None
    for reason, files in reasons.items():
        yield f"{reason}: {_some(files)}"
    if result.without_schema:
        kinds = [f"{kind} ({n})" for kind, n in sorted(result.without_schema.items())]
        yield f"no schema, add one with `--schemas`: {_some(kinds)}"


def _counts(counts: Mapping[str, int], paint: Paint) -> str:
    return ", ".join(
        paint(name, _count(counts[name], name, "info")) for name in SEVERITIES if name in counts
    )


def _count(number: int, noun: str, uncounted: str = "") -> str:
    return f"{number} {noun}" if number == 1 or noun == uncounted else f"{number} {noun}s"


def _some(names: Iterable[str]) -> str:
    """The first of the names, and how many more there are."""
    names = list(names)
    if len(names) <= 4:
        return ", ".join(names)
    return f"{', '.join(names[:3])} and {len(names) - 3} more"
