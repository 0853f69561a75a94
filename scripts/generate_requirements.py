"""Make `linter/catalogue/data/requirements.json` from released packages' own metadata, which lie in folders of wheels.

usage: python scripts/generate_requirements.py WHEELS...

The folder that `scripts/generate_catalogue.py --wheels` fills is such a one; `pip download --no-deps` adds others. Of each
wheel what it requires is kept, and of pandas the minimums of its optional dependencies, which it checks when they are used.
"""

from __future__ import annotations

import argparse
import ast
import datetime
import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from linter.catalogue import DATA, Metadata, Minimum
from linter.extract.lock import normalised

# Where a package keeps its table of minimums: pandas, and what copied the mechanism from it.
TABLES = {"pandas": "pandas/compat/_optional.py"}


def required(wheel: zipfile.ZipFile) -> tuple[str, str, tuple[str, ...]]:
    """The name, the version and the requirements of a wheel."""
    name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1)
    headers = HeaderParser().parsestr(wheel.read(name).decode("utf-8", "replace"))
    requires = sorted({" ".join(line.split()) for line in headers.get_all("Requires-Dist") or ()})
    return normalised(headers["Name"]), headers["Version"], tuple(requires)


def minimums(source: str) -> dict[str, Minimum]:
    """What `VERSIONS` and `INSTALL_MAPPING` of such a table say, by distribution."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id in ("VERSIONS", "INSTALL_MAPPING"):
                found[node.targets[0].id] = ast.literal_eval(node.value)
    names = found.get("INSTALL_MAPPING", {})
    return {
        normalised(names.get(module, module)): Minimum(module, version)
        for module, version in sorted(found["VERSIONS"].items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("wheels", type=Path, nargs="+")
    requires: dict[str, dict[str, tuple[str, ...]]] = {}
    tables: dict[str, dict[str, dict[str, Minimum]]] = {}
    for file in sorted(f for folder in parser.parse_args().wheels for f in folder.glob("*.whl")):
        with zipfile.ZipFile(file) as wheel:
            name, version, needs = required(wheel)
            requires.setdefault(name, {})[version] = needs
            if name in TABLES:
                tables.setdefault(name, {})[version] = minimums(wheel.read(TABLES[name]).decode())
    made = Metadata(datetime.date.today().isoformat(), requires, tables)
    (DATA / "requirements.json").write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    print(f"{sum(map(len, requires.values()))} releases of {len(requires)} distributions")


if __name__ == "__main__":
    main()
