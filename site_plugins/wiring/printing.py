"""Tools to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_plugins.domain.settings import Settings

if TYPE_CHECKING:
    from site_plugins.tools.print_shop import TypstShop


def print_shop(settings: Settings) -> TypstShop:
    """Fonts and press of a site."""
    # Only printing waits for these libraries to be loaded.
    from site_plugins.tools.print_shop import TypstShop

    return TypstShop(settings)
