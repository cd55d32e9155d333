"""docs/commands.md names every command and every option of ``jianyan``."""

import argparse
import re
from collections.abc import Iterator, Mapping

import pytest

from site_plugins.cli import arguments
from tests.docs.pages import DOCS, read, sections

PAGE = read(DOCS / "commands.md")


def commands() -> Mapping[str, argparse.ArgumentParser]:
    """The parser of each command, by what is typed behind ``jianyan``."""
    seen: list[argparse.ArgumentParser] = []
    parse = argparse.ArgumentParser.parse_args

    def caught(self: argparse.ArgumentParser, *_: object, **__: object) -> argparse.Namespace:
        seen.append(self)
        return argparse.Namespace()

    argparse.ArgumentParser.parse_args = caught  # type: ignore[method-assign, assignment]
    try:
        arguments.parse([])
    finally:
        argparse.ArgumentParser.parse_args = parse  # type: ignore[method-assign]
    return dict(_below(seen[0], ""))


def _below(
    parser: argparse.ArgumentParser, name: str
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield name, parser
    for group in groups:
        for word, below in group.choices.items():
            yield from _below(below, f"{name} {word}".strip())


COMMANDS = commands()


def test_there_are_commands() -> None:
    assert {"init", "build", "check", "plan show"} <= set(COMMANDS)


def test_every_command_has_a_section_and_no_other_has() -> None:
    named = {
        match[1]
        for heading in sections(PAGE, 3)
        if (match := re.match(r"`jianyan ([a-z]+(?: [a-z]+)*)", heading))
    }
    assert named == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_the_commands_section(name: str) -> None:
    texts = [t for h, t in sections(PAGE, 3).items() if f"{h} ".startswith(f"`jianyan {name}")]
    options = {o for action in COMMANDS[name]._actions for o in action.option_strings}
    named = {option for text in texts for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text)}
    assert options - {"-h", "--help"} <= named
    assert {option for option in named if option.startswith("--")} <= options | {"--help"}
