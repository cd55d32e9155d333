"""The files of a tree, packed: whatever is put and taken away, they are what a dictionary holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.build import tree_files
from site_plugins.build.tree_files import NO_STAMP, FileSection, Output, TreeFiles

PATHS = st.sampled_from(["a", "z", "政/a", *(f"news/{n}/index.html" for n in range(30))])
OUTPUTS = st.builds(
    Output, st.sampled_from(["home", "page a", "index"]), st.sampled_from(["", "a" * 64, "b" * 64])
)
STEPS = st.lists(
    st.tuples(
        st.dictionaries(PATHS, OUTPUTS),
        st.sets(PATHS),
        st.dictionaries(PATHS, st.sampled_from([bytes(31) + b"1", bytes(31) + b"2"])),
    ),
    max_size=5,
)


@pytest.fixture(params=[1, 3, 64])
def section(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Sections of various sizes."""
    monkeypatch.setattr(tree_files, "SECTION", request.param)
    size: int = request.param
    return size


@pytest.mark.usefixtures("section")
@settings(max_examples=60)
@given(STEPS)
def test_the_files_are_those_that_were_put_and_not_taken_away(
    steps: list[tuple[dict[str, Output], set[str], dict[str, bytes]]],
) -> None:
    kept: dict[str, FileSection] = {}
    wanted: dict[str, tuple[Output, bytes]] = {}
    for fresh, gone, stamps in steps:
        files = TreeFiles(kept)
        files.change(fresh, gone - fresh.keys())
        files.stamp(stamps)
        wanted = {path: row for path, row in wanted.items() if path not in gone}
        wanted.update((path, (output, NO_STAMP)) for path, output in fresh.items())
        wanted.update((p, (wanted[p][0], s)) for p, s in stamps.items() if p in wanted)
        _check(files, wanted)
        # What was touched is all that whoever keeps the sections must write.
        for name in files.touched:
            now = files.section(name)
            if now is None:
                kept.pop(name, None)
            else:
                kept[name] = now
        _check(TreeFiles(kept), wanted)


def _check(files: TreeFiles, wanted: dict[str, tuple[Output, bytes]]) -> None:
    order = sorted(wanted)
    assert len(files) == len(wanted)
    assert list(files.paths()) == order
    assert {path: files.get(path) for path in order} == {p: o for p, (o, _) in wanted.items()}
    assert files.get("none") is None
    assert files.stamps() == b"".join(wanted[path][1] for path in order)
    told = [path for path in order if wanted[path][0].digest]
    assert files.told() == "".join(f"{wanted[path][0].digest}  {path}\n" for path in told)
    assert files.count_told() == len(told)
    for units in (set[str](), {"home"}, {"home", "index"}):
        others = [path for path in order if wanted[path][0].unit not in units]
        assert list(files.of_others(units)) == others
    stamped = (pair for section in files.sections() for pair in section.stamped())
    assert list(stamped) == [(path, wanted[path][1]) for path in order]


def test_a_change_touches_the_section_that_it_is_in() -> None:
    files = TreeFiles()
    files.change({f"{n:04}": Output("page", "a" * 64) for n in range(1000)})
    files.touched.clear()
    files.change({"0500": Output("page", "b" * 64)}, ["0501"])
    assert len(files.touched) == 1
    files.touched.clear()
    files.stamp({"0500": NO_STAMP, "none": bytes(31) + b"1"})
    assert files.touched == set()
