"""The workspace in an editor's words: addresses, ranges, and answers as the protocol has them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.uris import to_fs_path

from hslint.files import shown
from hslint.lsp.actions import actions, fix_all
from hslint.lsp.completion import completions
from hslint.lsp.context import Context
from hslint.lsp.hover import hover
from hslint.lsp.pages import Pages
from hslint.lsp.places import Places
from hslint.lsp.position import column, place_in, units
from hslint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from hslint.finding import Finding
    from hslint.lsp.actions import Action
    from hslint.lsp.links import Link
    from hslint.lsp.scene import Found, Scene
    from hslint.lsp.workspace import Workspace
    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.node import Path as Way

    #: A place that something is asked about.
    Asked: TypeAlias = lsp.HoverParams | lsp.DefinitionParams | lsp.ReferenceParams

FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.hslint"
_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Hint,  # as the command line hides them
}


class Editor:
    """An editor's view of a workspace; *encoding* is the unit of its columns (``utf-16``)."""

    def __init__(self, workspace: Workspace) -> None:
        self._space = workspace
        self._pages = Pages(workspace.rules)
        self.encoding = "utf-16"
        #: The names of what the editor has open, by address; and the addresses of all it had.
        self._names: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        #: The names of what it changed.
        self.edited: set[str] = set()

    # -- names and places

    def name(self, uri: str) -> str:
        """The name of a text in the workspace."""
        if uri in self._names:
            return self._names[uri]
        path = to_fs_path(uri)
        return self._space.name(shown(path)) if path else uri

    def uri(self, name: str) -> str:
        """The address of a file, as the editor has it."""
        known = self._addresses.get(name)
        if known is None and os.path.isabs(name):
            return Path(self._space.path(name)).as_uri()
        return known or name

    @property
    def _places(self) -> Places:
        """The places of an answer, to be made anew for each."""
        return Places(self._space.text, self.uri, self.encoding)

    def _lines(self, name: str) -> list[str]:
        return [line.removesuffix("\r") for line in self._places.lines(name)]

    # -- findings

    def diagnostics(self, name: str, findings: Iterable[Finding]) -> lsp.PublishDiagnosticsParams:
        """The findings of a file as they are shown."""
        places = self._places
        shown_as = [self._diagnostic(finding, places) for finding in findings]
        return lsp.PublishDiagnosticsParams(self.uri(name), shown_as)

    def _diagnostic(self, finding: Finding, places: Places) -> lsp.Diagnostic:
        advice = f"\nhelp: {finding.help}" if finding.help else ""
        page = self._pages.address(finding.rule)
        return lsp.Diagnostic(
            places.range(finding.span),
            finding.message + advice,
            severity=_SEVERITIES[finding.severity.name],
            code=finding.rule,
            code_description=lsp.CodeDescription(page) if page else None,
            source="hslint",
            related_information=[
                lsp.DiagnosticRelatedInformation(places.location(place.span), place.message)
                for place in finding.related
            ],
        )

    # -- changes

    def folders(self, added: Iterable[str], removed: Iterable[str]) -> None:
        """Take in folders and let go of others, by their addresses."""
        for uris, change in (
            (removed, self._space.remove_folder),
            (added, self._space.add_folder),
        ):
            for path in filter(None, map(to_fs_path, uris)):
                change(shown(path))
        self._space.look()
        for uri, before in list(self._names.items()):
            del self._names[uri]
            if self.name(uri) != before:
                text = self._space.text(before)
                self._space.close(before)
                self.edit(uri, text)
            else:
                self._names[uri] = before

    def edit(self, uri: str, text: str) -> None:
        """Take over a text; what has changed beside a new one is looked for."""
        name = self._names[uri] = self.name(uri)
        self._addresses[name] = uri
        self.edited.add(name)
        self._space.edit(name, text)

    def written(self, uris: Iterable[str]) -> None:
        """Look at files that were written, made, moved or deleted."""
        for uri in uris:
            self._space.changed(self.name(uri))
        self._space.look()

    def close(self, uri: str) -> None:
        """Let go of a text; what counts is on disk."""
        name = self.name(uri)
        self._names.pop(uri, None)
        self._space.close(name)
        self._space.look()
        self.edited.add(name)

    def check(self) -> Iterator[Found | None]:
        """Check all files, step by step; see ``Workspace.check``."""
        return self._space.check(self.edited.union(self._names.values()))

    def faults(self) -> list[str]:
        """The rules that failed: faults of hslint's own."""
        return self._space.faults()

    # -- questions

    def _at(self, asked: Asked) -> _Asked | None:
        """What stands at a place, if it is a part of an object."""
        name = self.name(asked.text_document.uri)
        scene, line = self._space.scene(name), asked.position.line
        lines = self._lines(name)
        document = scene.document(name, line)
        if document is None or line >= len(lines):
            return None
        at = column(lines[line], asked.position.character, self.encoding)
        found = place_in(document, line, at)
        if found is None:
            return None
        path, _ = found
        for manifest in scene.world.objects_in(document):
            if path[: len(manifest.root.path)] == manifest.root.path:
                links = [e for e in scene.links.of(manifest) if e.stands_at(path, line, at)]
                return _Asked(scene, manifest, path, links)
        return None

    def hover(self, asked: Asked) -> lsp.Hover | None:
        """What a name leads to."""
        at = self._at(asked)
        text = hover(at.scene, at.manifest, at.links, at.path) if at else ""
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None

    def definition(self, asked: Asked) -> list[lsp.Location]:
        """What a reference means; of what is meant by others, those."""
        at = self._at(asked)
        if at is None:
            return []
        nodes = [target for link in at.links for target in link.targets]
        return self._locations(nodes or [link.at for link in at.meant_by()])

    def references(self, asked: lsp.ReferenceParams) -> list[lsp.Location]:
        """All that mean the same as what stands there."""
        at = self._at(asked)
        if at is None:
            return []
        targets = [target for link in at.links for target in link.targets]
        if targets:
            to = at.scene.links.to
            links = [link for each in targets for link in to(each.document, each.path)]
        else:
            links = list(at.meant_by())
            targets = [target for link in links for target in link.targets if at.is_at(target)][:1]
        declared = targets if asked.context.include_declaration else []
        return self._locations([*declared, *(link.at for link in links)])

    def _locations(self, nodes: Iterable[Node]) -> list[lsp.Location]:
        places = self._places
        return [places.location(span) for span in dict.fromkeys(node.span for node in nodes)]

    def complete(self, asked: Asked) -> list[lsp.CompletionItem]:
        """What can be written at a place."""
        name = self.name(asked.text_document.uri)
        lines, number = self._lines(name), asked.position.line
        if number >= len(lines):
            return []
        at = column(lines[number], asked.position.character, self.encoding)
        context = Context(lines, number, at)
        scene = self._space.last_scene(name)
        document = scene.document(name, number)
        here = scene.world.objects_in(document) if document else ()
        start = units(lines[number][: at - len(context.word)], self.encoding)
        place = lsp.Range(lsp.Position(number, start), asked.position)
        before = " " if lines[number][:at].endswith(":") else ""
        after = ": " if context.is_key and ":" not in lines[number][at:] else ""
        return [
            lsp.CompletionItem(
                word,
                kind=lsp.CompletionItemKind.Value,
                detail=of,
                sort_text=f"{order:05}",
                filter_text=before + word,
                text_edit=lsp.TextEdit(place, before + word + after),
            )
            for order, (word, of) in enumerate(completions(scene, here, name, context))
        ]

    def fixes(self, asked: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        """What can be done about the findings in a range, and about all of the text."""
        name = self.name(asked.text_document.uri)
        findings = self._space.scene(name).found(name)
        places = self._places
        found: list[lsp.CodeAction] = []
        if _asks_for(asked, lsp.CodeActionKind.QuickFix):
            first, last = asked.range.start.line + 1, asked.range.end.line + 1
            near = [f for f in findings if f.span.line <= last and first <= f.span.end_line]
            possible = actions(self._space.text(name), near, self._space.data)
            found += [self._action(each, lsp.CodeActionKind.QuickFix, places) for each in possible]
        if _asks_for(asked, FIX_ALL):
            everything = fix_all(findings, self._space.data)
            found += [self._action(everything, FIX_ALL, places)] if everything else []
        return found

    def _action(self, action: Action, kind: str, places: Places) -> lsp.CodeAction:
        changes: dict[str, list[lsp.TextEdit]] = {}
        for edit in action.edits:
            span, text = Span(*edit[:5]), edit[5]
            above = places.lines(span.file)[max(span.line - 2, 0)]
            new = text.replace("\n", "\r\n") if above.endswith("\r") else text
            change = lsp.TextEdit(places.range(span), new)
            changes.setdefault(self.uri(span.file), []).append(change)
        return lsp.CodeAction(
            action.title,
            kind=kind,
            diagnostics=[self._diagnostic(finding, places) for finding in action.findings],
            is_preferred=action.safe or None,
            edit=lsp.WorkspaceEdit(changes),
        )


def _asks_for(asked: lsp.CodeActionParams, kind: str) -> bool:
    """Whether an editor wants actions of a *kind*: it names kinds above it, or none."""
    only = asked.context.only
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


class _Asked:
    """An object, the way to a value in it that was asked about, and the references it makes."""

    __slots__ = ("links", "manifest", "path", "scene")

    def __init__(self, scene: Scene, manifest: Manifest, path: Way, links: list[Link]) -> None:
        self.scene = scene
        self.manifest = manifest
        self.path = path
        self.links = links

    def meant_by(self) -> Sequence[Link]:
        """The references to the value."""
        return self.scene.links.to(self.manifest.document, self.path)

    def is_at(self, node: Node) -> bool:
        """Whether a node is the value."""
        return node.path == self.path and node.document is self.manifest.document
