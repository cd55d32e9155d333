"""Compiled templates: remembered for one source and one version, never read where damaged."""

from __future__ import annotations

import marshal
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.tools.compiled_templates import CompiledTemplates


def _render(folder: Path, source: str, cache: CompiledTemplates | None = None) -> str:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"a.html": source}),
        bytecode_cache=cache or CompiledTemplates(str(folder)),
        autoescape=True,
    )
    return environment.get_template("a.html").render(x="<1>")


@pytest.fixture
def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every source that is compiled."""
    compiled: list[str] = []
    compile_source = jinja2.Environment.compile

    def counting(self: jinja2.Environment, source: str, *arguments: object) -> object:
        compiled.append(source)
        return compile_source(self, source, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", counting)
    return compiled


def test_a_template_is_compiled_once(tmp_path: Path, compiles: list[str]) -> None:
    assert _render(tmp_path, "<p>{{ x }}") == "<p>&lt;1&gt;"
    assert _render(tmp_path, "<p>{{ x }}") == "<p>&lt;1&gt;"
    assert compiles == ["<p>{{ x }}"]
    assert [path.suffix for path in tmp_path.iterdir()] == [".bin"]


def test_a_changed_template_is_compiled_anew(tmp_path: Path, compiles: list[str]) -> None:
    assert _render(tmp_path, "1 {{ x }}") == "1 &lt;1&gt;"
    assert _render(tmp_path, "2 {{ x }}") == "2 &lt;1&gt;"
    assert _render(tmp_path, "1 {{ x }}") == "1 &lt;1&gt;"
    assert len(compiles) == 3


def test_another_version_compiles_anew(
    tmp_path: Path, compiles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _render(tmp_path, "{{ x }}")
    monkeypatch.setattr(jinja2, "__version__", "99.0")
    assert _render(tmp_path, "{{ x }}") == "&lt;1&gt;"
    assert len(compiles) == 2


@given(st.sampled_from(["flip", "cut", "more", "other"]), st.integers(0, 10_000))
def test_damaged_code_is_never_run(
    tmp_path_factory: pytest.TempPathFactory, how: str, at: int
) -> None:
    folder = tmp_path_factory.mktemp("templates")
    _render(folder, "<p>{{ x }}")
    (file,) = folder.iterdir()
    content = bytearray(file.read_bytes())
    at %= len(content)
    if how == "flip":
        content[at] ^= 0xFF
    elif how == "cut":
        del content[at:]
    elif how == "more":
        content += b"x"
    else:
        evil = compile("raise SystemExit(9)", "evil", "exec")
        content[16:] = marshal.dumps(evil)
    file.write_bytes(content)
    assert _render(folder, "<p>{{ x }}") == "<p>&lt;1&gt;"
    assert _render(folder, "<p>{{ x }}") == "<p>&lt;1&gt;"


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert _render(tmp_path / "file", "{{ x }}") == "&lt;1&gt;"


def test_no_unfinished_file_is_left(tmp_path: Path) -> None:
    for n in range(3):
        _render(tmp_path, f"{n} {{{{ x }}}}")
    assert len(list(tmp_path.iterdir())) == 1
