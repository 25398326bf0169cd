"""Asking a published file what its help lists, in another process, and comparing answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

ASK = Path(__file__).with_name("ask.py")


@dataclass(frozen=True)
class Answers:
    """What a version of DuckDB answered, by question: columns, then rows, as text."""

    version: str
    by_question: dict[str, list]


def write_questions(published: Path, path: Path) -> Path:
    """Write the examples of all macros and views, and how many rows each view has, to `path`."""
    with duckdb.connect(str(published), read_only=True) as connection:
        listed = connection.execute("select name, kind, example from help()").fetchall()
    questions = {name: example for name, _, example in listed}
    questions |= {f"{name}, whole": f"select count(*) from {name}" for name, kind, _ in listed if kind == "view"}
    path.write_text(json.dumps(questions), encoding="utf-8")
    return path


def ask(published: Path, questions: Path, environment: Mapping[str, str] | None = None) -> Answers:
    """Ask in a process of this interpreter; the environment decides which DuckDB it finds."""
    command = [sys.executable, str(ASK), str(published), str(questions)]
    ended = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    said = json.loads(ended.stdout)
    return Answers(said["version"], said["answers"])


def differences(expected: Answers, found: Answers) -> list[str]:
    """Return a line for every question that is answered otherwise; the order of rows counts."""
    return [
        f"{name}: {found.by_question.get(name, ['nothing'])[:2]} instead of {answer[:2]}"
        for name, answer in expected.by_question.items()
        if found.by_question.get(name) != answer
    ]
