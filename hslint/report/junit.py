"""JUnit's XML: a test suite for each file, in which every finding is a test that fails."""

from __future__ import annotations

from hslint.identity import identity, relative
from hslint.reading import is_worth_it
from hslint.report.paint import PLAIN, Paint
from hslint.report.prose import prose
from hslint.report.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from hslint.finding import Finding
    from hslint.result import Result

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def render(result: Result, paint: Paint = PLAIN) -> str:  # noqa: ARG001
    """The suites as XML, in ASCII; never in colour. A file without findings is a test that passes.

    What was not checked is a test that was skipped, with the reason.
    """
    from xml.etree.ElementTree import Element, indent, tostring  # slow to import

    suites: dict[str, list[Element]] = {file: [] for file in _checked(result)}
    for finding, name in zip(result.findings, _names(result), strict=True):
        suites.setdefault(finding.span.file, []).append(_failure(finding, name))
    for file, reason in result.skipped:
        skipped = _case(file, f"not checked: {reason}")
        skipped.append(Element("skipped", message=visible(reason)))
        suites.setdefault(file, []).append(skipped)
    root = Element("testsuites", name="hslint")
    for file, cases in suites.items():
        suite = Element("testsuite", name=_path(file))
        suite.extend(cases or [_case(file, "hslint")])
        root.append(suite)
    for element in (*root, root):
        for counted, tag in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("skipped", "skipped"),
        ):
            element.set(counted, str(len(list(element.iter(tag)))))
        element.set("errors", "0")
    indent(root)
    return f"{_HEAD}{tostring(root).decode('ascii')}\n"


def _checked(result: Result) -> Iterator[str]:
    """The files that were checked; most JSON in a folder is no manifest, and was not."""
    skipped = {file for file, _ in result.skipped}
    for source in result.sources:
        is_json = source.file.endswith(".json") and not source.named
        if source.file not in skipped and (not is_json or is_worth_it(source)):
            yield source.file


def _failure(finding: Finding, name: str) -> Element:
    from xml.etree.ElementTree import SubElement

    span = finding.span
    case = _case(span.file, name)
    case.set("line", str(span.line))
    failure = SubElement(case, "failure", message=visible(finding.message))
    failure.set("type", finding.severity.name)
    failure.text = f"{_path(span.file)}:{span.line}:{span.column}: {prose(finding)}"
    return case


def _case(file: str, name: str) -> Element:
    from xml.etree.ElementTree import Element

    return Element(
        "testcase", classname=_path(file), name=visible(name), file=_path(file), time="0"
    )


def _names(result: Result) -> list[str]:
    """What each test is called: the same in every run, and not twice in one."""
    names: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    for finding in result.findings:
        known = identity(finding)
        rule, _, _, kind, namespace, name, path = known
        seen[known] = number = seen.get(known, 0) + 1
        parts = [rule, "/".join(filter(None, (kind, namespace, name))), path]
        names.append(" ".join(filter(None, parts)) + (f" ({number})" if number > 1 else ""))
    return names


def _path(file: str) -> str:
    return visible(relative(file))
