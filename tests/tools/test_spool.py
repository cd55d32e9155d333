"""Pieces of bytes go through a file to whoever reads them."""

import pickle
from pathlib import Path

from site_plugins.tools.spool import Spool


def test_gives_what_was_written_as_often_as_asked(tmp_path: Path) -> None:
    pieces = [b"one", b"", b"\0" * 70_000]
    spool = Spool(str(tmp_path / "spool"))
    spool.write(iter(pieces))
    sent: Spool = pickle.loads(pickle.dumps(spool))
    assert list(sent) == pieces
    assert list(sent) == pieces
