"""Asks a published file everything that its help lists, in whatever DuckDB this interpreter has; prints the answers.

Run as `python ask.py FILE QUESTIONS.json` in an environment that has nothing but DuckDB: no import from the project.
"""

import json
import sys

import duckdb


def main() -> None:
    """Print one line of JSON: the version and, by question, the columns and rows, or the error."""
    path, questions = sys.argv[1:]
    with open(questions, encoding="utf-8") as file:
        asked = json.load(file)
    connection = duckdb.connect(path, read_only=True)
    answers = {name: answer(connection, question) for name, question in asked.items()}
    print(json.dumps({"version": duckdb.__version__, "answers": answers}))


def answer(connection: "duckdb.DuckDBPyConnection", question: str) -> list:
    """Return the column names and the rows as text, or what went wrong."""
    try:
        found = connection.execute(question)
        columns = [column[0] for column in found.description]
        return [columns, *([repr(value) for value in row] for row in found.fetchall())]
    except duckdb.Error as error:
        return ["error", str(error).splitlines()[0]]


if __name__ == "__main__":
    main()
