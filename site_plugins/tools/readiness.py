"""Whether a site can be built at all, before a host sees its mkdocs.yml: that would tell some
faults in its own words, and no more than the first."""

from __future__ import annotations

from site_plugins.domain.settings import Settings
from site_plugins.reading.settings import (
    Configuration,
    UnreadableSettings,
    load_configuration,
    read_settings,
)
from site_plugins.tools.telling import BuildFailed, Telling


def buildable(path: str) -> tuple[Configuration, Settings]:
    """mkdocs.yml, fit to be built from; its faults are told.

    Raises:
        BuildFailed: the site cannot be built at all.
    """
    try:
        configuration = load_configuration(path)
    except UnreadableSettings as error:
        raise BuildFailed("\n".join(found.text for found in error.problems)) from None
    settings, problems = read_settings(configuration)
    faults = [problem for problem in problems if problem.is_error]
    if faults:
        telling = Telling(settings, is_quiet=True)
        telling.problems(faults)
        raise BuildFailed(telling.refusal())
    if not settings.has("site"):
        # A host alone would put a tree of its own into the site folder.
        raise BuildFailed("mkdocs.yml 的 plugins 中没有 jianyan/site，不能生成网站。请加上它")
    return configuration, settings
