"""Whether every macro and view gives the same answer in each DuckDB that clients use: run from .ci/run.

Each version is installed into a folder of its own that is thrown away, and asks the published samples what the help
inside the file lists. `make test` asks with the installed version alone (test_answers.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.compat.answers import Answers, ask, differences, write_questions
from tests.published_samples import publish_samples

# The oldest that can read the file, what DBeaver has shipped, the last long-term one, the last 1.x, and our own.
VERSIONS = ("1.0.0", "1.2.2", "1.4.5", "1.5.6", "2.0.0")


def main() -> int:
    """Print what differs; return the exit code."""
    with TemporaryDirectory(prefix="dateline-compat-") as temporary:
        folder = Path(temporary)
        home = publish_samples(folder / "home")
        questions = write_questions(home.published, folder / "questions.json")
        expected = ask(home.published, questions)
        failed = [version for version in VERSIONS if not _holds(folder, home.published, questions, version, expected)]
    return 1 if failed else 0


def _holds(folder: Path, published: Path, questions: Path, version: str, expected: Answers) -> bool:
    target = folder / version
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--target", str(target), f"duckdb=={version}"], check=True, stderr=subprocess.DEVNULL)
    answers = ask(published, questions, {**os.environ, "PYTHONPATH": str(target)})
    found = differences(expected, answers)
    print(f"DuckDB {answers.version}: {len(answers.by_question)} questions, {len(found)} answered otherwise")
    for line in found:
        print(f"  {line}")
    return answers.version == version and not found


if __name__ == "__main__":
    sys.exit(main())
