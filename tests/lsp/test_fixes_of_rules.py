"""Of the examples of all rules an editor makes what ``--fix`` does, and each fix on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types as lsp

from hslint.contract import INFO
from hslint.examples import Example, examples
from hslint.fixing import Fixes
from hslint.lsp.editor import FIX_ALL, Editor
from hslint.lsp.workspace import Workspace
from hslint.options import Options
from hslint.registry import load
from tests.lsp.desk import edited

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RULES = load()
EXAMPLES = {
    f"{rule.name} {number}": (rule.name, example)
    for rule in RULES
    if rule.fixes
    for number, example in enumerate(examples(rule), 1)
    if example.bad and not example.error
}


class Typed:
    """The files of an example in a folder, all of them open."""

    def __init__(self, folder: Path, example: Example) -> None:
        self.folder = folder
        for name, text in example.files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.texts = {(folder / name).as_uri(): text for name, text in example.files}
        self.reopen(self.texts)

    def reopen(self, texts: dict[str, str]) -> None:
        """Show these texts."""
        self.editor = Editor(Workspace(RULES))
        self.editor.folders([self.folder.as_uri()], [])
        for uri, text in texts.items():
            self.editor.edit(uri, text)

    def actions(self, uri: str, kind: str) -> Sequence[lsp.CodeAction]:
        """What can be done in all of a file."""
        everywhere = lsp.Range(lsp.Position(0, 0), lsp.Position(10**6, 0))
        asked = lsp.CodeActionContext([], only=[kind])
        file = lsp.TextDocumentIdentifier(uri)
        found = self.editor.fixes(lsp.CodeActionParams(file, everywhere, asked))
        return [action for action in found if not action.title.startswith("Ignore ")]

    def after(self, texts: dict[str, str], action: lsp.CodeAction) -> dict[str, str]:
        """The texts after an action."""
        assert action.edit is not None
        changes = action.edit.changes or {}
        return texts | {uri: edited(texts[uri], edits) for uri, edits in changes.items()}

    def rules(self) -> list[str]:
        """The rules of all that is found, in order."""
        *_, found = self.editor.check()
        return sorted(finding.rule for findings in (found or {}).values() for finding in findings)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES.values(), ids=EXAMPLES)
def test_each_fix_does_away_with_its_finding(tmp_path: Path, rule: str, example: Example) -> None:
    typed = Typed(tmp_path, example)
    before = typed.rules()
    for uri in typed.texts:
        for action in typed.actions(uri, "quickfix"):
            (code,) = {str(d.code) for d in action.diagnostics or ()}
            typed.reopen(typed.after(typed.texts, action))
            assert typed.rules().count(code) < before.count(code), (rule, action.title)
            typed.reopen(typed.texts)


@pytest.mark.parametrize("example", [each for _, each in EXAMPLES.values()], ids=EXAMPLES)
def test_all_safe_fixes_are_those_of_the_command_line(tmp_path: Path, example: Example) -> None:
    typed = Typed(tmp_path, example)
    options = Options()
    options.cache, options.level = None, INFO
    written = Fixes([str(tmp_path)], options, unsafe=False).texts
    texts = typed.texts
    for _ in range(4):  # a fix may lay bare another one
        for uri in texts:
            for action in typed.actions(uri, FIX_ALL):
                texts = typed.after(texts, action)
                typed.reopen(texts)
    expected = {(tmp_path / name).as_uri(): text.encode() for name, text in example.files}
    expected |= {typed.editor.uri(file): data for file, data in written.items()}
    assert {uri: text.encode() for uri, text in texts.items()} == expected
