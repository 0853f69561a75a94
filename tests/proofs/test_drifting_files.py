"""What drifting-files says is what pip does."""

from linter import registry
from linter.examples import example, lint, written
from tests.proofs.pip_runner import pip_says, wheel

RULE = registry.load("drifting-files")
FILES = {
    "requirements.txt": "-r base-requirements.txt\nopenpyxl==3.0.10\n",
    "base-requirements.txt": "openpyxl==3.1.5\n",
}


def releases(folder):
    for name, version in (("openpyxl", "3.0.10"), ("openpyxl", "3.1.5"), ("django", "5.2.8")):
        wheel(folder, name, version)


def test_pip_refuses_what_one_file_takes_from_another(tmp_path):
    releases(tmp_path)
    said = pip_says(tmp_path, FILES)
    assert said in RULE.documentation()
    with written(FILES) as root:
        (finding,) = lint(root, RULE.name).findings
    assert said == f"ERROR: {finding.runtime}"
    assert finding.severity == "error"


def test_pip_refuses_a_constraint_that_says_otherwise(tmp_path):
    releases(tmp_path)
    files = {path: text.replace("-r base", "-c base") for path, text in FILES.items()}
    assert pip_says(tmp_path, files).startswith("ERROR: Cannot install openpyxl==3.0.10 because")


def test_each_of_two_that_drifted_installs(tmp_path):
    files = {
        p: "".join(line + "\n" for line in t.splitlines() if "openpyxl" in line)
        for p, t in example(RULE, "Bad").items()
    }
    releases(tmp_path)
    assert {pip_says(tmp_path, files, path) for path in files} == {""}
