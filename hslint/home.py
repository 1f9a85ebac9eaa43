"""Where the rules and the schemas are."""

from __future__ import annotations

import os

#: The package's own folder.
HERE = os.path.dirname(os.path.abspath(__file__))
#: The folder of rules/ and schemas/: in a wheel inside the package, in a checkout beside it.
HOME = HERE if os.path.isdir(os.path.join(HERE, "rules")) else os.path.dirname(HERE)
