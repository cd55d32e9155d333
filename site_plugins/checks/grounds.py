"""What checks may look at beside the file that they check; every look is noted.

So a check need be made again only when the file or an answer that it got has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from site_plugins.domain.directory import Located
from site_plugins.domain.settings import Settings


class Grounds(Struct, frozen=True, kw_only=True):
    """All files and ids of content/, public or not, and where links would lead.

    ``files``: content path → bytes of what may be published; ``rejected``: of what may not.
    ``ids`` are the ids of records, ``left_out`` those of files that could not be read;
    ``notices`` the files of what is withdrawn but keeps its address. ``clauses``:
    plan id → clause id → words. ``locate`` answers with a link target's place, ``anchors`` with
    the ids in the text of a page, None for what is no text. ``nearest_file``, ``nearest_place``,
    ``nearest_address`` and ``nearest_id`` give what a wrong name most likely meant.
    """

    settings: Settings
    files: Mapping[str, int]
    rejected: Mapping[str, str]
    ids: Mapping[str, str]
    left_out: Mapping[str, str]
    notices: Mapping[str, object]
    clauses: Mapping[str, Mapping[str, str]]
    locate: Callable[[str], Located]
    anchors: Callable[[str], frozenset[str] | None]
    nearest_file: Callable[[str], str | None]
    nearest_place: Callable[[str], str | None]
    nearest_address: Callable[[str], str | None]
    nearest_id: Callable[[str], str | None]
