"""hslint: a linter for Kubernetes StatefulSets, headless Services, and the names and ports between.

What a rule may use is here; a rule imports nothing else of hslint. It is gathered in hslint.face,
which is imported when the first of it is asked for: a run that finds nothing changed never asks.
"""

from hslint.version import __version__ as __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.face import *  # noqa: F403  the face's __all__ is the list


def __getattr__(name: str) -> object:
    from os.path import dirname, exists

    # A module that is about to be imported is an attribute only then.
    if not name.startswith("__") and not exists(f"{dirname(__file__)}/{name}.py"):
        import hslint.face as face  # noqa: PLR0402

        if name in face.__all__:
            value: object = getattr(face, name)
            return value
    message = f"module 'hslint' has no attribute {name!r}"
    raise AttributeError(message)
