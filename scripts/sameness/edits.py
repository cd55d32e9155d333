"""Every kind of edit that a site meets, by name."""

from collections.abc import Callable, Mapping

from scripts.sameness import damage_edits, file_edits, site_edits, text_edits
from scripts.sameness.changing import Changing

Edit = Callable[[Changing], str]

EDITS: Mapping[str, tuple[Edit, int]] = {
    "body": (text_edits.body, 6),
    "markup": (text_edits.markup, 4),
    "title": (text_edits.title, 5),
    "date": (text_edits.date, 3),
    "tag": (text_edits.tag, 3),
    "status": (text_edits.status, 5),
    "schedule": (text_edits.schedule, 3),
    "alias": (text_edits.alias, 2),
    "mention": (text_edits.mention, 4),
    "own key": (text_edits.own_key, 5),
    "broken": (text_edits.broken, 2),
    "unreadable": (text_edits.unreadable, 1),
    "holder": (text_edits.holder, 3),
    "column above": (text_edits.column_above, 3),
    "plan": (text_edits.plan, 4),
    "issue": (text_edits.issue, 2),
    "column": (file_edits.column, 2),
    "rename": (file_edits.rename, 2),
    "exchange": (file_edits.exchange, 1),
    "folder": (file_edits.folder, 1),
    "delete": (file_edits.delete, 3),
    "add back": (file_edits.add_back, 3),
    "add": (file_edits.add, 2),
    "twin": (file_edits.twin, 1),
    "picture": (file_edits.picture, 2),
    "picture used": (file_edits.picture_used, 2),
    "cover": (file_edits.cover, 1),
    "attachment": (file_edits.attachment, 3),
    "file name": (file_edits.file_name, 1),
    "link": (file_edits.link, 1),
    "time": (site_edits.time_passes, 4),
    "template": (site_edits.template, 1),
    "style": (site_edits.style, 1),
    "script": (site_edits.script, 1),
    "setting": (site_edits.setting, 2),
    "capability": (site_edits.capability, 1),
    "extension": (site_edits.extension, 1),
    "own extension": (site_edits.own_extension, 1),
    "hook": (site_edits.hook, 1),
    "plugin": (site_edits.plugin, 1),
    "package": (site_edits.package, 1),
    "published": (damage_edits.published, 2),
    "cache": (damage_edits.cache, 2),
    "no cache": (damage_edits.no_cache, 1),
}
"""Every kind of edit by name, with how often it is drawn."""


def any_edit(site: Changing) -> str:
    """One edit of any kind, told in a line."""
    names = list(EDITS)
    return one_edit(site, site.draw.choices(names, [EDITS[n][1] for n in names])[0])


_WORDS = ("body", "title")


def edit_of_words(site: Changing) -> str:
    """An edit of words alone, where it hits no text of which words are more, told in a line."""
    return one_edit(site, site.draw.choice(_WORDS))


def one_edit(site: Changing, name: str) -> str:
    """An edit of one kind, told in a line."""
    return EDITS[name][0](site)
