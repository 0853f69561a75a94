"""Write what is generated from the rules: docs/rules/, and the README's table and example. `--check` only says what differs.

python scripts/gen_docs.py [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from linter import registry  # noqa: E402
from linter.explain import by_group, markdown, output, table  # noqa: E402

EXAMPLE = "raw-create-in-post-save"


def wanted() -> dict[Path, str]:
    """Every generated file with the text that it should have."""
    pages = {HOME / "docs" / "rules" / rule.group / f"{rule.name}.md": markdown(rule) for rule in by_group()}
    readme = (HOME / "README.md").read_text(encoding="utf-8")
    readme = _between(readme, "rules", table())
    if EXAMPLE in registry.entries():
        readme = _between(readme, "example", f"```text\n{output(registry.load(EXAMPLE)).rstrip()}\n```\n")
    return {**pages, HOME / "README.md": readme}


def _between(text: str, name: str, content: str) -> str:
    pattern = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
    return pattern.sub(lambda match: f"{match[1]}{content}{match[2]}", text)


def differing() -> list[Path]:
    """Files that are not what they should be, pages of rules that are no more among them."""
    files = wanted()
    wrong = [file for file, text in files.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    return [*wrong, *(file for file in (HOME / "docs" / "rules").rglob("*.md") if file not in files)]


def main() -> int:
    wrong = differing()
    if "--check" in sys.argv:
        for file in wrong:
            print(f"{file.relative_to(HOME)} differs from what the rules say: run scripts/gen_docs.py")
        return 1 if wrong else 0
    files = wanted()
    for file in wrong:
        if file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(files[file], encoding="utf-8")
        else:
            file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
