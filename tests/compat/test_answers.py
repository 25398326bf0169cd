"""Every macro and view answers its example on the samples; the matrix over versions of DuckDB is in .ci/run."""

from __future__ import annotations

import pytest

from assets.coverage.described import macros, views
from tests.compat.answers import Answers, ask, write_questions
from tests.published_samples import publish_samples

# Not on the samples: no quality is measured without orchestration, and stories need more news.
MAY_BE_EMPTY = {"accuracy", "stories_of"}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What the installed version answers."""
    folder = tmp_path_factory.mktemp("compat")
    home = publish_samples(folder / "home")
    return ask(home.published, write_questions(home.published, folder / "questions.json"))


def test_help_lists_everything_that_can_be_asked(answers: Answers) -> None:
    listed = {row[0].strip("'") for row in answers.by_question["help"][1:]}
    assert listed == {one.name for one in (*macros(), *views())}


def test_every_example_has_an_answer(answers: Answers) -> None:
    failed = {name: answer for name, answer in answers.by_question.items() if answer[0] == "error"}
    assert failed == {}
    empty = {name for name, answer in answers.by_question.items() if len(answer) == 1}
    assert empty <= MAY_BE_EMPTY


def test_a_difference_is_seen() -> None:
    from tests.compat.answers import differences

    ours = Answers("2.0.0", {"one": [["n"], ["1"]], "two": [["n"], ["2"]]})
    assert differences(ours, Answers("1.0.0", {"one": [["n"], ["1"]], "two": ["error", "no"]})) == [
        "two: ['error', 'no'] instead of [['n'], ['2']]"
    ]
