"""Reading and validating the analyst's files in `config/`.

Belongs here: turning a YAML or CSV file into validated rows whose errors name file, line, field and remedy.
Does not belong here: what the fields mean; the models stand with those who use them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pydantic
import yaml

# Files of people are a few levels deep; libyaml overflows the stack on thousands.
DEEPEST = 50

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
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        raise ConfigError("\n".join(_explain(path, root, mistake, model) for mistake in error.errors())) from None


def read_yaml(path: Path) -> Any:
    """Return the contents of YAML file `path`; raise ConfigError where it is missing or no YAML."""
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_deep_nesting(path, text)
        document = yaml.load(text, Loader=_Loader)
    except FileNotFoundError:
        raise ConfigError(f"{path}: the file is missing; create it, or point DATELINE_CONFIG elsewhere") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(
            f"{path}:{line}: not valid YAML: {error.problem}; check indentation, colons, quotes"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{path}: not valid YAML: {error}") from None
    if document is None:
        raise ConfigError(f"{path}:1: the file is empty")
    return document


def line_of(path: Path, location: Sequence[str | int]) -> int:
    """Return the line of YAML file `path` on which the value at `location` stands, or the nearest thing around it."""
    return _line(yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader), location)


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
            yield reader.line_num, dict(zip(columns, [cell.strip() or None for cell in cells], strict=True))


class _Loader(yaml.CSafeLoader):
    """YAML as people mean it: `no` and `on` are words (a language, a place), and a key stands once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        mapping = super().construct_mapping(node, deep)
        if len(mapping) < len(node.value):
            keys = [key.value for key, _ in node.value]
            double = next((key for key, _ in node.value if keys.count(key.value) > 1), None)
            if double is not None:
                raise yaml.MarkedYAMLError(problem=f"{double.value!r} stands twice", problem_mark=node.start_mark)
        return mapping


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def _refuse_deep_nesting(path: Path, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ConfigError(f"{path}:{event.start_mark.line + 1}: nested more than {DEEPEST} levels deep; flatten it")


def _explain(path: Path, root: yaml.Node, mistake: Any, model: type[pydantic.BaseModel]) -> str:
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in mistake["loc"])
    message = mistake["msg"].removeprefix("Value error, ")
    if mistake["type"] == "extra_forbidden":
        message = f"unknown field; known here: {', '.join(_known_fields(model, mistake['loc']))}"
    elif mistake["type"] == "missing":
        message = "required field is missing; add it"
    else:
        message = f"{message}, found {mistake['input']!r}"[:300]
    return f"{path}:{_line(root, mistake['loc'])}: {field or 'file'}: {message}"


def _line(node: yaml.Node, location: Sequence[str | int]) -> int:
    line = 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
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
