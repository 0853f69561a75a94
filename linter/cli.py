"""The command line: the only place that prints or exits. Exit status: 0 nothing found, 1 findings, 2 usage, configuration
or internal failure.

Everything but click is imported where it is used: an editor pays for each import at every keystroke.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from linter import __version__

if TYPE_CHECKING:
    from linter.config import Config
    from linter.facts.files import Kind
    from linter.finding import Finding
    from linter.fix import Repair
    from linter.registry import Selection
    from linter.run import Options, Result

FOUND, FAILED, INTERRUPTED = 1, 2, 130

FORMATS = ("text", "concise", "json", "sarif", "github")
SUBJECTS = ("models", "tables", "mappers", "signals", "queries", "templates")

Command = Callable[..., int]


def main() -> NoReturn:
    """Run the command and leave at once: python's own tidying-up of a large index takes longer than a warm run. Nor is
    there ever a look for garbage, which would go through the whole index."""
    gc.disable()
    status = _status()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # a reader that has gone
            stream.flush()
    os._exit(status)


def _status() -> int:
    """Run the command. Whatever goes wrong is said in one line."""
    status = FAILED
    try:
        status = cli.main(prog_name="ormlint", standalone_mode=False) or 0
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        status = done.exit_code
    except click.ClickException as problem:
        problem.show()
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        status = INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has gone; what python would still flush at exit must go nowhere, without a complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FOUND
    except Exception as problem:
        if os.environ.get("ORMLINT_DEBUG"):
            raise
        _say(_internal(problem))
    return status


def _say(text: str) -> None:
    """One line on standard error. File names and messages come from the project: none may steer the terminal."""
    from linter.report.lines import printable

    click.echo(f"ormlint: {printable(text)}", err=True)


def _internal(problem: Exception) -> str:
    from linter.config import ConfigError
    from linter.registry import UnknownRule

    if isinstance(problem, (ConfigError, UnknownRule)):
        return f"error: {problem}"
    if isinstance(problem, OSError) and problem.filename:
        return f"error: {problem.filename}: {problem.strerror}"
    text = " ".join(f"{type(problem).__name__}: {problem}".split())
    return f"internal error: {text} (ORMLINT_DEBUG=1 shows where; please report it)"


def _version(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"ormlint {__version__}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version.")
def cli() -> None:
    """Find Django and SQLAlchemy mistakes in a whole project, without running a line of it."""


project_option = click.option(
    "--project",
    "project_root",
    metavar="ROOT",
    type=click.Path(exists=True, file_okay=False),
    help="The project's root folder, where it is not to be found from PATHS.",
)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--select", metavar="NAMES", multiple=True, help="Run only these checks or groups.")
@click.option("--extend-select", metavar="NAMES", multiple=True, help="Run these checks or groups, too.")
@click.option("--ignore", metavar="NAMES", multiple=True, help="Do not run these checks or groups.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", help="How findings are printed.")
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write the report to a file.")
@click.option("--stdin-filename", metavar="NAME", help="With `-`: standard input is this file's unsaved text.")
@click.option("--fix", is_flag=True, help="Repair what can be repaired safely.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: repair also what may change behaviour.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@click.option("--statistics", is_flag=True, help="Say, too, which share of the project could be decided.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--cache-dir", metavar="DIR", type=click.Path(file_okay=False), help="Where the cache lies.")
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help="How many processes; 0: as many as help.")
@click.option("--affected", is_flag=True, help="Report also in files that a change to PATHS can break.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and nothing else.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colours in the text.")
@project_option
def check(paths: tuple[str, ...], **given: Any) -> int:
    """Report the mistakes in PATHS (files or folders; the whole project without any).

    The whole project is read in any case: PATHS say only where mistakes are reported.
    """
    from linter.run import run

    if given["unsafe_fixes"] and not (given["fix"] or given["diff"]):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    given["started"] = time.time()
    options = _options(paths, given)
    result = run(options)
    if given["diff"]:
        return _show_fixes(result, options, given)
    if given["fix"]:
        result = _fix(result, options, given)
    if given["statistics"]:
        _count_shares(result, options)
    return _report(result, given)


def _count_shares(result: Result, options: Options) -> None:
    from linter.inspect.shares import shares
    from linter.run import index

    result.statistics.shares = shares(index(options))


def _repaired(result: Result, options: Options, given: dict[str, Any]) -> Repair:
    from msgspec.structs import replace

    from linter.discover import kind_of
    from linter.fix import repair
    from linter.run import run

    def judge(overlay: Mapping[str, bytes]) -> list[Finding]:
        return run(replace(options, overlay={**options.overlay, **overlay}, progress=_silent)).findings

    def kind(path: str) -> Kind | None:
        return kind_of(path, options.config.templates.directories)

    return repair(result.findings, result.source, judge, kind, given["unsafe_fixes"])


def _show_fixes(result: Result, options: Options, given: dict[str, Any]) -> int:
    from linter.fix import diff

    done = _repaired(result, options, given)
    _write(diff(done), given["output"])
    _refusals(done)
    if not given["quiet"]:
        _say(f"{_count(len(done.applied), 'fix', 'fixes')} in {_count(len(done.texts), 'file')}")
    return FOUND if done.texts and not given["exit_zero"] else 0


def _fix(result: Result, options: Options, given: dict[str, Any]) -> Result:
    """Repair the files, and say what is still to be reported."""
    from msgspec.structs import replace

    from linter.fix import write
    from linter.run import run

    done = _repaired(result, options, given)
    if not done.texts:
        _refusals(done)
        return result
    failed = write(options.root, done, given["started"])
    _refusals(done)
    for path, reason in failed:
        _say(f"{path}: {reason}")
    if not given["quiet"]:
        files = len(done.texts) - len(failed)
        _say(f"{_count(len(done.applied), 'fix', 'fixes')} made in {_count(files, 'file')}")
    return run(replace(options, progress=_silent))


def _refusals(done: Repair) -> None:
    for finding, reason in done.refused:
        place = f"{finding.path}:{finding.place.range.line}"
        _say(f"{place}: {finding.rule} is not repaired: {reason}")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _options(paths: Sequence[str], given: dict[str, Any]) -> Options:
    """What the command line and the configuration ask of a run."""
    from linter.run import Options

    stdin_name, paths = _stdin(paths, given["stdin_filename"])
    for path in () if stdin_name else paths:
        if not os.path.lexists(path):
            raise click.UsageError(f"{path}: there is no such file or folder")
    if stdin_name and given["fix"]:
        raise click.UsageError("standard input cannot be repaired in place: use --diff")
    root, wanted = _places(paths, given["project_root"])
    config = _config(root)
    return Options(
        root=root,
        config=config,
        selection=_selection(config, given),
        paths=wanted,
        jobs=given["jobs"],
        cache_dir=_cache_dir(root, given),
        affected=given["affected"],
        overlay={wanted[0]: sys.stdin.buffer.read()} if stdin_name else {},
        progress=_progress(),
    )


def _stdin(paths: Sequence[str], name: str | None) -> tuple[str | None, Sequence[str]]:
    if ("-" in paths) != (name is not None):
        raise click.UsageError("`-` and --stdin-filename belong together")
    if name is None:
        return None, paths
    if len(paths) > 1:
        raise click.UsageError("with `-` no other path can be given")
    return name, (name,)


def _places(paths: Sequence[str], project_root: str | None) -> tuple[Path, tuple[str, ...]]:
    """The project's root, and the paths as the project names them ("" is all of it)."""
    from linter.discover import find_root

    root = Path(project_root).resolve() if project_root else find_root([Path(path) for path in paths])
    return root, tuple(_inside(root, path) for path in paths) or ("",)


def _inside(root: Path, path: str) -> str:
    for absolute in (os.path.abspath(path), os.path.realpath(path)):
        relative = os.path.relpath(absolute, root)
        if not relative.startswith(".."):
            return "" if relative == "." else relative.replace(os.sep, "/")
    raise click.UsageError(f"{path} lies outside of the project {root}")


def _config(root: Path) -> Config:
    from linter.config import load

    return load(root)


def _selection(config: Config, given: dict[str, Any]) -> Selection:
    from linter.registry import Layer, select

    chosen = {key: _names(given[key]) for key in ("select", "extend_select", "ignore")}
    line = Layer(chosen["select"] or None, chosen["extend_select"], chosen["ignore"])
    return select((config.layer, line))


def _names(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for value in values for word in value.replace(",", " ").split())


def _cache_dir(root: Path, given: dict[str, Any]) -> Path | None:
    if given["no_cache"]:
        return None
    return Path(given["cache_dir"]) if given["cache_dir"] else root / ".ormlint_cache"


def _silent(done: int, every: int) -> None:
    pass


def _progress() -> Callable[[int, int], None]:
    """A line on a terminal that is rewritten while a run is long; nothing elsewhere."""
    if not sys.stderr.isatty():
        return _silent
    from linter.progress import Progress

    return Progress(sys.stderr)


def _report(result: Result, given: dict[str, Any]) -> int:
    _say_problems(result)
    _write(_rendered(result, given), given["output"])
    if any(problem.internal for problem in result.problems):
        return FAILED
    return FOUND if result.findings and not given["exit_zero"] else 0


def _say_problems(result: Result) -> None:
    """One line for each kind of trouble: what fails in one file of a project mostly fails in many."""
    paths: dict[str, list[str]] = {}
    for problem in result.problems:
        paths.setdefault(problem.message, []).append(problem.path)
    for message, (first, *others) in paths.items():
        more = f" and {_count(len(others), 'other file')}" if others else ""
        _say(f"{first}{more}: {message}")


def _rendered(result: Result, given: dict[str, Any]) -> str:
    from linter.report import Style, render

    style = Style(
        color=_colors(given["color"], given["output"]),
        width=_width(),
        summary=not given["quiet"],
        statistics=given["statistics"],
    )
    return render(given["format_"], result, style)


def _colors(wanted: str, output: str | None) -> bool:
    if wanted != "auto":
        return wanted == "always"
    return not output and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size((120, 24)).columns


def _write(text: str, output: str | None = None) -> None:
    if output:
        Path(output).write_text(text, encoding="utf-8", errors="backslashreplace")
    else:
        # A terminal that cannot show a character gets its escape instead of a failure.
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


@cli.command()
@click.argument("what", type=click.Choice(SUBJECTS))
@click.argument("path", required=False)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", help="For people, or all.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--cache-dir", metavar="DIR", type=click.Path(file_okay=False), help="Where the cache lies.")
@project_option
def inspect(what: str, path: str | None, format_: str, **given: Any) -> int:
    """Print what was understood of a project: its models, tables, mapped classes, signals, queries or templates."""
    from importlib import import_module

    from linter.registry import Selection
    from linter.run import Options, index

    root, wanted = _places((path,) if path else (), given["project_root"])
    options = Options(
        root=root, config=_config(root), selection=Selection(()), paths=wanted, cache_dir=_cache_dir(root, given)
    )
    records: list[dict[str, Any]] = import_module(f"linter.inspect.{what}").records(index(options))
    shown = [record for record in records if _is_below(record["path"], wanted[0])]
    if format_ == "json":
        from linter.report.json import rows

        _write(rows(shown))
    else:
        from linter.report.table import table

        _write(table(what, shown, _width() if sys.stdout.isatty() else None))
    return 0


def _is_below(path: str, folder: str) -> bool:
    return folder in ("", path) or path.startswith(folder + "/")


@cli.command()
@click.argument("name")
def rule(name: str) -> int:
    """Explain a check: what it finds, why it matters, what to write instead."""
    from linter.explain import page

    _write(page(name, _width() if _colors("auto", None) else None))
    return 0


@cli.command()
def rules() -> int:
    """List every check, by group."""
    from linter.explain import listing

    _write(listing())
    return 0


@cli.command()
@click.option("--cache-dir", metavar="DIR", type=click.Path(file_okay=False), help="Where the cache lies.")
@project_option
def clean(**given: Any) -> int:
    """Remove the project's cache."""
    from linter.cache import clean

    root, _ = _places((), given["project_root"])
    folder = _cache_dir(root, {"no_cache": False, **given})
    assert folder is not None
    click.echo(f"removed {folder}" if clean(folder) else "there was no cache")
    return 0
