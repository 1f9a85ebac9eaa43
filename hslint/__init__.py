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
    from sys import modules

    if exists(f"{dirname(__file__)}/{name}.py"):  # a module that is about to be imported
        message = f"module 'hslint' has not imported {name!r} yet"
        raise AttributeError(message)
    if "hslint.face" not in modules and not name.startswith("__"):
        import hslint.face  # noqa: F401  for what it leaves in modules
    face = modules.get("hslint.face")
    if name in getattr(face, "__all__", ()):
        value: object = getattr(face, name)
        return value
    message = f"module 'hslint' has no attribute {name!r}"
    raise AttributeError(message)
