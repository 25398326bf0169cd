"""Reading and validating the analyst's files in `config/`.

Belongs here: turning a YAML or CSV file into validated rows whose errors name file, line, field and remedy.
Does not belong here: what the fields mean; the models stand with those who use them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pydantic
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

Model = TypeVar("Model", bound=pydantic.BaseModel)


class ConfigError(ValueError):
    """Mistakes in the configuration, one to a line: `file:line: field: what is wrong; what would be right`."""


class Strict(pydantic.BaseModel):
    """Base of all configuration models: unknown fields are mistakes, and nothing changes after loading."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


def load_yaml(path: Path, model: type[Model]) -> Model:
    """Return the YAML file `path` as a `model`; raise ConfigError naming every mistake and its line."""
    document = read_yaml(path)
    try:
        return model.model_validate(document)
    except pydantic.ValidationError as error:
        raise ConfigError("\n".join(_explain(path, document, mistake, model) for mistake in error.errors())) from None


def read_yaml(path: Path) -> Any:
    """Return the contents of YAML file `path`, with line numbers; raise ConfigError where it is missing or no YAML."""
    try:
        document = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: the file is missing; create it, or point DATELINE_CONFIG elsewhere") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(
            f"{path}:{line}: not valid YAML: {error.problem}; check indentation, colons and quotes"
        ) from None
    except YAMLError as error:
        raise ConfigError(f"{path}: not valid YAML: {error}") from None
    if document is None:
        raise ConfigError(f"{path}:1: the file is empty")
    return document


def read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Yield (line number, row) of CSV file `path`, empty cells as None; raise ConfigError where its shape is wrong."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = tuple(next(reader, ()))
        if header != columns:
            raise ConfigError(f"{path}:1: the header is {','.join(header)!r}; it must be {','.join(columns)!r}")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(columns):
                raise ConfigError(
                    f"{path}:{reader.line_num}: {len(cells)} cells where the header has {len(columns)}; "
                    "quote cells that hold a comma"
                )
            yield reader.line_num, {name: cell.strip() or None for name, cell in zip(columns, cells, strict=True)}


def _explain(path: Path, document: Any, mistake: Any, model: type[pydantic.BaseModel]) -> str:
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in mistake["loc"])
    message = mistake["msg"].removeprefix("Value error, ")
    if mistake["type"] == "extra_forbidden":
        message = f"unknown field; known here: {', '.join(_known_fields(model, mistake['loc']))}"
    elif mistake["type"] == "missing":
        message = "required field is missing; add it"
    else:
        message = f"{message}, found {mistake['input']!r}"[:300]
    return f"{path}:{_line(document, mistake['loc'])}: {field or 'file'}: {message}"


def _line(document: Any, location: tuple[str | int, ...]) -> int:
    """Return the line of `location` in a ruamel document, or of the nearest thing around it."""
    line = 1
    node = document
    for step in location:
        if isinstance(node, CommentedMap) and step in node:
            line = node.lc.key(step)[0] + 1
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line = node.lc.item(step)[0] + 1
        else:
            break
        node = node[step]
    return line


def _known_fields(model: type[pydantic.BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Return the fields of the model that holds the unknown field at `location`."""
    for step in location[:-1]:
        if not isinstance(step, str) or step not in model.model_fields:
            continue
        nested = [
            arg
            for arg in _flatten(model.model_fields[step].annotation)
            if isinstance(arg, type) and issubclass(arg, pydantic.BaseModel)
        ]
        model = nested[0] if nested else model
    return sorted(model.model_fields)


def _flatten(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _flatten(argument)
