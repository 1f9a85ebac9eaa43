"""Write the JSON Schema of config files, for editors: schemas/config.schema.json.

Run as ``python docs/make_config_schema.py`` after a change of the keys.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # the keys of this checkout, whatever is installed

from hslint.config_keys import KEYS  # noqa: E402

if __name__ == "__main__":
    file = HERE.parent / "schemas" / "config.schema.json"
    file.write_text(json.dumps(KEYS, indent=2) + "\n")
