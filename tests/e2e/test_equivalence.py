"""After any sequence of edits the tree is that of a build from nothing; nothing that is gone stays.

Hypothesis searches for sequences that refute it, over all kinds of content and all kinds of edits.
``JIANYAN_EQUIVALENCE=200`` searches 200 sequences, other ones each time, and shortens what it
finds; ``scripts/equivalence`` does the same with larger sites.
"""

from __future__ import annotations

import importlib
import io
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from mkdocs.config.config_options import Hooks

from scripts.sameness.building import arguments_of, copy_without_memory
from scripts.sameness.changing import Changing
from scripts.sameness.changing_site import write_site
from scripts.sameness.comparing import difference
from scripts.sameness.edits import EDITS, one_edit
from scripts.sameness.killing import die_at
from site_plugins.cli import main
from site_plugins.tools import content_cache, seal
from site_plugins.tools.fingerprints import program_digest, source_digest
from tests.e2e.trees import tree

pytestmark = pytest.mark.host

ARTICLES = 4
"""Beside the texts of all other kinds."""

MOMENTS = 1500
"""An incremental build touches files fewer times than that."""

SETTLED = 0.02
"""Seconds after which a file counts as settled here; a build of this site takes little more."""

_COMPILED = ".cache/jianyan/templates"

DRAWS = st.randoms(use_true_random=False, note_method_calls=False)
SEEDS = st.integers(0, 1 << 30)


@contextmanager
def _as_in_a_process_of_its_own(site: Changing) -> Iterator[None]:
    """What a process begins with: its environment, its path, no module of the site's."""
    variables, path = dict(os.environ), list(sys.path)
    sys.path.insert(0, str(site.packages))
    sys.modules.pop("own_extension", None)
    importlib.invalidate_caches()
    program_digest.cache_clear()
    source_digest.cache_clear()
    # MkDocs would keep the hooks that it has loaded once.
    Hooks._load_hook.cache_clear()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            yield
    finally:
        sys.path[:] = path
        os.environ.clear()
        os.environ.update(variables)


def _build(site: Changing, output: Path, *more: str, in_host: bool = False) -> int:
    """The command ``jianyan build``, in this process; ``in_host``: in MkDocs in any case."""
    time.sleep(SETTLED + 0.005)
    with _as_in_a_process_of_its_own(site):
        if in_host:
            os.environ["JIANYAN_HOST"] = "mkdocs"
        return main(arguments_of(site, output, more))


def _build_and_kill(site: Changing, output: Path, moment: int) -> bool:
    """The same in a process that is killed at a moment; whether it came so far."""
    process = os.fork()
    if process == 0:
        try:
            die_at(moment)
            _build(site, output)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


class Equivalence(RuleBasedStateMachine):
    """A site that is edited, built and compared."""

    def __init__(self, template: Path, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._clean = folder / "clean"
        # Compiled templates are known by their source; to compile them takes half of a build.
        self._compiled = template.with_name("compiled")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder / "site")
        self._site = Changing(folder / "site", random.Random(0))
        self._with_compiled(self._site.folder)
        self._is_edited = True
        self._wanted: int | None = None

    @property
    def _tree(self) -> Path:
        return self._site.folder / "site"

    @initialize()
    def begin(self) -> None:
        """Build for the first time."""
        self._compare()

    @rule(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=4), draw=DRAWS)
    def edit(self, names: Sequence[str], draw: random.Random) -> None:
        """Make some edits."""
        self._site.draw = draw
        for name in names:
            note(one_edit(self._site, name))
        self._is_edited = True
        self._wanted = None

    @precondition(lambda self: self._is_edited)
    @rule(moment=st.integers(1, MOMENTS))
    def kill(self, moment: int) -> None:
        """Begin a build and kill it."""
        note(f"killed: {_build_and_kill(self._site, self._tree, moment)}")

    @precondition(lambda self: self._is_edited)
    @rule()
    def build_strictly(self) -> None:
        """Build if there is no error."""
        before = tree(self._tree)
        if _build(self._site, self._tree, "--strict"):
            assert tree(self._tree) == before

    @precondition(lambda self: self._is_edited)
    @rule(seed=SEEDS, in_host=st.sampled_from((False, False, True)))
    def build(self, seed: int, in_host: bool) -> None:
        """Build and compare."""
        self._compare(seed=seed, in_host=in_host)

    @rule(seed=SEEDS)
    def build_compact(self, seed: int) -> None:
        """Build with a new index, and compare its bytes too."""
        self._compare("--compact", seed=seed)

    @rule(seed=SEEDS)
    def build_elsewhere(self, seed: int) -> None:
        """Build into another folder and compare."""
        self._compare(output=self._site.folder / "other", seed=seed)

    def teardown(self) -> None:
        """Compare once more; a sequence need not end with a build."""
        if self._is_edited:
            self._compare()
        self._compare("--compact")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _compare(
        self, *more: str, output: Path | None = None, seed: int = 0, in_host: bool = False
    ) -> None:
        site, output = self._site, output or self._tree
        status = _build(site, output, *more, in_host=in_host)
        if self._wanted is None:
            self._wanted = self._build_from_nothing()
        assert status == self._wanted
        if status == 0:
            site.draw = random.Random(seed)
            found = difference(site, output, self._clean / "site", with_index=bool(more))
            assert found is None, found
        self._is_edited = self._is_edited and output != self._tree

    def _build_from_nothing(self) -> int:
        site, clean = self._site, self._clean
        copy_without_memory(site.folder, clean)
        self._with_compiled(clean)
        status = _build(Changing(clean, site.draw, site.now), clean / "site")
        if (clean / _COMPILED).is_dir():
            shutil.copytree(clean / _COMPILED, self._compiled, dirs_exist_ok=True)
        return status

    def _with_compiled(self, folder: Path) -> None:
        """Put there what builds from nothing have compiled so far."""
        if self._compiled.is_dir():
            shutil.copytree(self._compiled, folder / _COMPILED)


def _settings(variables: Mapping[str, str]) -> settings:
    """A few sequences, always the same; ``JIANYAN_EQUIVALENCE`` asks for more, and other ones."""
    wish = variables.get("JIANYAN_EQUIVALENCE", "")
    unhealthy = list(HealthCheck)
    if not wish:
        return settings(
            max_examples=6,
            stateful_step_count=12,
            derandomize=True,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=unhealthy,
        )
    return settings(
        max_examples=int(wish),
        stateful_step_count=30,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=unhealthy,
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")
def test_after_any_edits_the_tree_is_that_of_a_build_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (content_cache, seal):
        # Else no file would be taken for the same without a look at its bytes.
        monkeypatch.setattr(module, "SETTLED", int(SETTLED * 1e9))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    template = tmp_path / "template"
    write_site(template, ARTICLES)

    class Here(Equivalence):
        def __init__(self) -> None:
            super().__init__(template, tmp_path / "work")

    run_state_machine_as_test(Here, settings=_settings(os.environ))
