"""Chooses the tools; the only place that does."""

from site_plugins.wiring.printing import print_shop
from site_plugins.wiring.reading import check_site, theme_folders
from site_plugins.wiring.site_builder import SiteBuilder, build_site

__all__ = ["SiteBuilder", "build_site", "check_site", "print_shop", "theme_folders"]
