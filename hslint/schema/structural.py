"""The structural schemas of CustomResourceDefinitions: what fits them, and why something does not.

They are OpenAPI v3, where fields that are not named are pruned, which strict field validation
reports as unknown (apiextensions-apiserver: pruning.PruneWithOptions). Not checked are rules in
CEL, formats, and whether the items of a list that is a set or a map all differ
(x-kubernetes-list-type); the server takes no definition with ``uniqueItems: true``. A field's
schema is compiled when the first value reaches it.
"""

from __future__ import annotations

from hslint.schema.flaw import flaw
from hslint.schema.limits import limits
from hslint.schema.misfit import Misfit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Final

    from hslint.schema.fault import Path
    from hslint.schema.limits import Limit

    Schema = dict[str, Any]

PRESERVE: Final = "x-kubernetes-preserve-unknown-fields"
OBJECT_FIELDS: Final[dict[str, Schema]] = {
    "apiVersion": {"type": "string"},
    "kind": {"type": "string"},
    "metadata": {"type": "object", PRESERVE: True},
}
CLASSES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def whole(schema: Schema, *, status: bool) -> Node:
    """Return the compiled schema of whole objects.

    Metadata is checked by Kubernetes' own type, never by the definition's. *status*: the status is
    a subresource, so the server drops it from what is created.

    Raises ValueError where it is none, as its nodes do when they compile the schema of a field:
    ``.properties.spec.type must be a type of JSON``.
    """
    _refuse_flawed(schema, "")
    if "properties" not in schema:
        return Node(schema)
    return Node(schema, {**OBJECT_FIELDS, "status": {}} if status else OBJECT_FIELDS)


def _refuse_flawed(schema: Schema, place: str) -> None:
    wrong = flaw(schema)
    if wrong:
        message = f"{place}{wrong}"
        raise ValueError(message)


class Node:
    """The compiled form of a sound schema (see hslint.schema.flaw).

    *given* are fields that have schemas of their own, whatever the schema says of them; *place* is
    where the schema stands in that of the whole object.
    In a *branch*, a schema within allOf, anyOf, oneOf or not, objects may have further fields, and
    nothing but values is spoken of (apiextensions-apiserver: schema.NestedValueValidation).
    ``plain`` holds the classes whose every value fits, so that most values need no call of ``ok``.
    """

    __slots__ = (
        *("_alls", "_classes", "_fields", "_item", "_limits", "_required", "_tests", "_types"),
        "plain",
    )

    def __init__(
        self,
        schema: Schema,
        given: Schema | None = None,
        *,
        branch: bool = False,
        place: str = "",
    ) -> None:
        types = _types(schema, branch=branch)
        every = types or CLASSES
        self._types: Final = types
        self._classes: Final = frozenset(each for name in every for each in CLASSES[name])
        self._limits: Final = (*limits(schema), *_choices(schema))
        self._alls: Final = [Node(each, branch=True) for each in schema.get("allOf", ())]
        self._tests: Final = [*(limit[2] for limit in self._limits), *(a.ok for a in self._alls)]
        self._item: Final = (
            Node(schema["items"], branch=branch, place=f"{place}.items")
            if "items" in schema
            else None
        )
        self._fields: Final = Fields(schema, given or {}, branch=branch, place=place)
        fields = schema.get("properties", {})
        self._required: Final = [
            name
            for name in schema.get("required", ())
            if "default" not in fields.get(name, ())  # else the server fills it in
        ]
        plain = self._classes - ({list} if self._item else set())
        if self._required or not self._fields.free:
            plain -= {dict}
        self.plain: Final = frozenset() if self._tests else plain

    def ok(self, value: Any) -> bool:
        """Whether *value* fits."""
        kind = value.__class__
        if kind in self.plain:
            return True
        if kind not in self._classes:
            return False
        for test in self._tests:
            if not test(value):
                return False
        if kind is dict:
            return self._mapping_ok(value)
        return kind is not list or self._list_ok(value)

    def _list_ok(self, value: list[Any]) -> bool:
        item = self._item or ANYTHING
        for each in value:  # noqa: SIM110 - `all` of a generator takes twice as long
            if each.__class__ not in item.plain and not item.ok(each):
                return False
        return True

    def _mapping_ok(self, value: dict[str, Any]) -> bool:
        fields = self._fields
        for name, inner in value.items():
            node = fields[name]
            if inner.__class__ not in node.plain and not node.ok(inner):
                return False
        for name in self._required:  # noqa: SIM110 - as above
            if name not in value:
                return False
        return True

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        """Yield everything about *value* that does not fit; *path* leads to it."""
        if value.__class__ in self.plain:
            return
        if value.__class__ not in self._classes:
            yield Misfit("type", path, value, self._types)
        for keyword, wanted, test in self._limits:
            if not test(value):
                yield Misfit(keyword, path, value, wanted)
        for node in self._alls:
            yield from node.misfits(value, path)
        if isinstance(value, list) and self._item:
            for index, each in enumerate(value):
                yield from self._item.misfits(each, (*path, index))
        elif isinstance(value, dict):
            yield from self._mapping_misfits(value, path)

    def _mapping_misfits(self, value: dict[str, Any], path: Path) -> Iterator[Misfit]:
        fields = self._fields
        for name, inner in value.items():
            if fields[name] is not NOTHING:
                yield from fields[name].misfits(inner, (*path, name))
        if any(name not in value for name in self._required):
            yield Misfit("required", path, value, self._required)
        unknown = [name for name in value if fields[name] is NOTHING]
        if unknown:
            yield Misfit("additionalProperties", path, value, unknown, tuple(fields.schemas))


class Fields(dict[str, Node]):
    """The fields that a mapping may have, each compiled when first asked for."""

    __slots__ = ("_branch", "_others", "_place", "free", "schemas")

    def __init__(self, schema: Schema, given: Schema, *, branch: bool, place: str) -> None:
        super().__init__()
        self._place: Final = place
        self._branch: Final = branch
        self._others: Node | None = None
        others: Schema | bool = True
        if not branch and schema.get("type") == "object":
            if schema.get("x-kubernetes-embedded-resource") is True:
                given = {**OBJECT_FIELDS, **given}
            others = schema.get("additionalProperties", schema.get(PRESERVE) is True)
        if isinstance(others, dict):
            self._others = Node(others, place=f"{place}.additionalProperties")
        elif not others:
            self._others = NOTHING
        self.schemas: Final[Schema] = {**schema.get("properties", {}), **given}
        #: Whether nothing is said of any field.
        self.free: Final = not self.schemas and self._others is None

    def __missing__(self, name: str) -> Node:
        """Compile the field *name*, or return what other fields have in common."""
        if name not in self.schemas:
            return self._others or ANYTHING
        schema = self.schemas[name]
        place = f"{self._place}.properties.{name}"
        _refuse_flawed(schema, place)
        node = self[name] = Node(schema, branch=self._branch, place=place)
        return node


def _types(schema: Schema, *, branch: bool) -> list[str]:
    """The types of JSON that a schema allows; [] when all."""
    types: str | list[str] = schema.get("type", [])
    if isinstance(types, str):
        types = [types]
    if branch:
        return types
    if schema.get("x-kubernetes-int-or-string") is True:
        types = ["integer", "string"]
    return [*types, "null"] if types and schema.get("nullable") is True else types


def _choices(schema: Schema) -> Iterator[Limit]:
    """Yield what a schema says by alternatives."""
    if "anyOf" in schema:
        any_of = [Node(each, branch=True) for each in schema["anyOf"]]
        yield "anyOf", None, lambda value: any(node.ok(value) for node in any_of)
    if "oneOf" in schema:
        one_of = [Node(each, branch=True) for each in schema["oneOf"]]
        yield "oneOf", None, lambda value: sum(node.ok(value) for node in one_of) == 1
    if "not" in schema:
        ruled_out = Node(schema["not"], branch=True)
        yield "not", None, lambda value: not ruled_out.ok(value)


ANYTHING: Final = Node({})
NOTHING: Final = Node({"enum": []})
