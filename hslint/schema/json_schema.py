"""Published JSON schemas of single kinds: these use the whole language, so jsonschema judges."""

from __future__ import annotations

from hslint.schema.misfit import Misfit, faults_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from jsonschema.exceptions import ValidationError

    from hslint.schema.fault import Fault


class JsonSchema:
    """The JSON schema of a kind, in a file of that ``title``."""

    __slots__ = ("_validator", "schema", "title")

    def __init__(self, title: str, schema: dict[str, Any]) -> None:
        self.title: Final = title
        self.schema: Final = schema
        self._validator: Any = None

    def faults(self, value: dict[str, Any]) -> list[Fault]:
        """Return what is wrong with an object; ValueError when the schema is of no use."""
        from re import error as bad_pattern

        from jsonschema.exceptions import SchemaError
        from jsonschema.validators import validator_for  # 70 ms to import, and few runs need it
        from referencing import Registry
        from referencing.exceptions import Unresolvable

        try:
            if self._validator is None:
                kind = validator_for(self.schema)
                kind.check_schema(self.schema)
                # A registry of its own: references are never fetched from the network.
                self._validator = kind(self.schema, registry=Registry())
            return faults_of(map(misfit, self._validator.iter_errors(value)))
        except (SchemaError, Unresolvable, RecursionError, bad_pattern) as wrong:
            raise ValueError(str(wrong).partition("\n")[0]) from wrong


def misfit(error: ValidationError) -> Misfit:
    """What an error of jsonschema's stands for."""
    path = tuple(error.absolute_path)
    rule, value, wanted = str(error.validator), error.instance, error.validator_value
    if rule != "additionalProperties" or not isinstance(value, dict):
        return Misfit(rule, path, value, wanted)
    from re import search

    schema = error.schema if isinstance(error.schema, dict) else {}
    known = tuple(schema.get("properties", ()))
    patterns = schema.get("patternProperties", ())
    unknown = [
        name
        for name in value
        if name not in known and not any(search(pattern, name) for pattern in patterns)
    ]
    return Misfit(rule, path, value, unknown, known)
