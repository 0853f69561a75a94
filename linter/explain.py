"""The documentation of the rules: for a terminal, for docs/rules/, for the README's table. All of it comes from the rules
themselves, and the output that a page shows is what the tool says about the page's own example.
"""

from __future__ import annotations

from collections.abc import Iterator

from linter import registry
from linter.check import Rule
from linter.examples import example, lint, written
from linter.report import Style, render


def page(name: str, width: int | None) -> str:
    """`ormlint rule NAME`: `width` is the terminal's, None where the text goes elsewhere and stays Markdown."""
    text = markdown(registry.load(registry.resolve(name)))
    if width is None:
        return text
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown

    screen = StringIO()
    Console(file=screen, width=min(width, 110), force_terminal=True).print(Markdown(text, code_theme="ansi_dark"))
    return screen.getvalue()


def markdown(rule: type[Rule]) -> str:
    """A rule's page."""
    parts = [f"# {rule.name}", _facts(rule), rule.documentation()]
    said = output(rule).rstrip("\n")
    if said:
        parts.append(f"## What ormlint says\nAbout the bad example:\n\n```text\n{said}\n```")
    return "\n\n".join(parts) + "\n"


def _facts(rule: type[Rule]) -> str:
    fix = "can be repaired" if rule.fixable else "no repair"
    older = f" Formerly {', '.join(f'`{alias}`' for alias in rule.aliases)}." if rule.aliases else ""
    return f"*{rule.severity}*, group `{rule.group}`, {fix}.{older}"


def output(rule: type[Rule]) -> str:
    """What the tool prints about the rule's bad example."""
    bad = example(rule, "Bad")
    if not bad:
        return ""
    with written(bad) as root:
        return render("text", lint(root, rule.name), Style(width=100, summary=False, base=str(root)))


def listing() -> str:
    """`ormlint rules`: every rule by group, one line each."""
    lines = []
    rules = [registry.load(name) for name in registry.entries()]
    widest = max(len(rule.name) for rule in rules)
    for group in registry.groups():
        lines.append(f"{group}")
        lines += [
            f"  {rule.name:<{widest}}  {rule.severity:<7}  {'fix' if rule.fixable else '   '}  {rule.summary}"
            for rule in rules
            if rule.group == group
        ]
    return "".join(f"{line}\n" for line in lines)


def table() -> str:
    """The README's table of rules."""
    rows = ["| rule | severity | fix | what is reported |", "|---|---|---|---|"]
    for rule in by_group():
        link = f"[{rule.name}](docs/rules/{rule.group}/{rule.name}.md)"
        rows.append(f"| {link} | {rule.severity} | {'yes' if rule.fixable else ''} | {rule.summary} |")
    return "".join(f"{row}\n" for row in rows)


def by_group() -> Iterator[type[Rule]]:
    for _, name in sorted((entry.group, entry.name) for entry in registry.entries().values()):
        yield registry.load(name)
