"""Settings: what is read, and what is refused with which words."""

from pathlib import Path

import pytest

from linter.config import Config, ConfigError, Templates, load


def write(root: Path, text: str, name: str = "ormlint.toml") -> Config:
    (root / name).write_text(text, encoding="utf-8")
    return load(root)


def test_nothing_is_configured(tmp_path: Path) -> None:
    assert load(tmp_path) == Config(tmp_path)
    assert write(tmp_path, "[tool.ruff]\n# ormlint is mentioned\n", "pyproject.toml") == Config(tmp_path)


FULL = """\
select = ["suppressions"]
extend-select = ["unused-suppression"]
ignore = ["unknown-suppression"]
exclude = ["legacy/"]
databases = ["postgresql", "sqlite"]
python = ".venv"
per-file-ignores = { "tests/**" = ["suppressions"] }
templates = { directories = ["mails"], variable-start = "<<", variable-end = ">>" }
"""


@pytest.mark.parametrize(("name", "head"), [("ormlint.toml", ""), ("pyproject.toml", "[tool.ormlint]\n")])
def test_everything(tmp_path: Path, name: str, head: str) -> None:
    config = write(tmp_path, head + FULL, name)
    assert config == Config(
        root=tmp_path,
        file=tmp_path / name,
        select=("suppressions",),
        extend_select=("unused-suppression",),
        ignore=("unknown-suppression",),
        per_file_ignores=(("tests/**", ("suppressions",)),),
        exclude=("legacy/",),
        databases=("postgresql", "sqlite"),
        python=".venv",
        templates=Templates(directories=("mails",), variable_start="<<", variable_end=">>"),
    )


def test_our_own_file_counts_for_more(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.ormlint]\nexclude = ["a"]\n')
    assert write(tmp_path, 'exclude = ["b"]\n').exclude == ("b",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("exlude = []", "unknown setting `exlude`; did you mean `exclude`?"),
        ("zzz = 1", "unknown setting `zzz`"),
        (
            "[templates]\nvariable-strat = '<<'",
            "unknown setting `templates.variable-strat`; did you mean `variable-start`?",
        ),
        ("templates = 1", "`templates` must be a table"),
        ("select = 'signals'", "`select` must be a list of strings"),
        ("ignore = [1]", "`ignore` must be a list of strings"),
        ("python = []", "`python` must be a string"),
        ("databases = ['postgres']", "`databases`: unknown database `postgres`; did you mean `postgresql`?"),
        (
            "select = ['supressions']",
            "`select`: there is no check or group `supressions`; did you mean `suppressions`?",
        ),
        ("per-file-ignores = []", "`per-file-ignores` must be a table of pattern = [names]"),
        (
            "[per-file-ignores]\n'*.py' = ['unused-supression']",
            "`per-file-ignores.*.py`: there is no check or group `unused-supression`; did you mean `unused-suppression`?",
        ),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as problem:
        write(tmp_path, text)
    assert str(problem.value) == f"ormlint.toml: {message}"


def test_what_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^ormlint\.toml: .*line 2"):
        write(tmp_path, "select = []\nignore: []")
    (tmp_path / "ormlint.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(ConfigError, match=r"^ormlint\.toml: "):
        load(tmp_path)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("tests/**", "tests/a/b.py", True),
        ("tests", "app/tests/b.py", True),
        ("/tests", "app/tests/b.py", False),
        ("*_pb2.py", "a/x_pb2.py", True),
        ("a.py", "b.py", False),
    ],
)
def test_per_file_ignores_are_gitignore_patterns(tmp_path: Path, pattern: str, path: str, matches: bool) -> None:
    config = write(tmp_path, f'[per-file-ignores]\n"{pattern}" = ["unused-suppression"]\n')
    assert config.ignored(path) == (frozenset({"unused-suppression"}) if matches else frozenset())


def test_a_group_is_all_of_its_checks(tmp_path: Path) -> None:
    config = write(tmp_path, '[per-file-ignores]\n"*" = ["suppressions"]\n')
    assert config.ignored("a.py") == {"invalid-suppression", "unknown-suppression", "unused-suppression"}
