"""What a host made of mkdocs.yml, remembered: the next build need not load the host."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from site_plugins.domain.settings import Settings
from site_plugins.tools import fingerprints

_FIELDS = (
    "name",
    "url",
    "description",
    "content",
    "content_name",
    "extensions",
    "theme_folders",
    "capabilities",
)


class HostMemory:
    """The settings that a host gave for a configuration.

    They hold while mkdocs.yml says the same and the same packages are installed. Of a site with
    plugins of other makers or hooks nothing is remembered: these must be asked each time.
    """

    def __init__(self, settings: Settings, values: Mapping[str, Any], program: str) -> None:
        self._settings = settings
        self._file = Path(settings.cache) / "host.json"
        self._key = ""
        try:
            self._key = fingerprints.told([program, settings.root, _without_output(values)])
        except fingerprints.Unknowable:
            return

    def recall(self) -> Settings | None:
        """The settings as the host gave them, None where it must be asked."""
        try:
            written = json.loads(self._file.read_text(encoding="utf-8"))
            if not self._key or written["key"] != self._key:
                return None
            told, check = written["settings"], written["check"]
            if check != fingerprints.told(told):
                return None
            fields = {name: told[name] for name in _FIELDS}
            configs = {name: dict(config) for name, config in told["extension_configs"].items()}
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return None
        folders = tuple(fields.pop("theme_folders"))
        if not all(os.path.isdir(folder) for folder in folders):
            return None
        return replace(
            self._settings,
            **{
                **fields,
                "extensions": tuple(fields["extensions"]),
                "capabilities": frozenset(fields["capabilities"]),
                "extension_configs": configs,
                "theme_folders": folders,
            },
        )

    def keep(self, told: Settings) -> None:
        """Remember what the host gave."""
        settings: dict[str, Any] = {name: getattr(told, name) for name in _FIELDS}
        settings["capabilities"] = sorted(told.capabilities)
        settings["extension_configs"] = {n: dict(c) for n, c in told.extension_configs.items()}
        try:
            # As it will be read: only what JSON can write is the same then.
            written = json.loads(json.dumps(settings))
            same = fingerprints.told(written) == fingerprints.told(settings)
        except (TypeError, ValueError, fingerprints.Unknowable):
            same = False
        if not (self._key and same):
            self._file.unlink(missing_ok=True)
            return
        memory = {"key": self._key, "check": fingerprints.told(written), "settings": written}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(memory, ensure_ascii=False), encoding="utf-8")
        os.replace(fresh, self._file)


def _without_output(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ("site_dir", "strict")}
