"""Reads mkdocs.yml without MkDocs: what the site is called, where it lies, what it does."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from msgspec import Struct

from site_plugins.domain.catalogue import problem
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import ATTACHMENT_TYPES, Office, Settings
from site_plugins.reading.front_matter import Unreadable, decode
from site_plugins.reading.settings_model import (
    PLUGIN_OPTIONS,
    FeedsOptions,
    OfficeOptions,
    PlansOptions,
    SearchOptions,
    SiteOptions,
)
from site_plugins.reading.values import ValueReader
from site_plugins.reading.yaml_faults import UNKNOWN, explain

PREFIX = "jianyan/"


class ConfigLoader(yaml.UnsafeLoader):
    """Reads mkdocs.yml as MkDocs does, which its owner trusts: ``!ENV`` and Python names work."""


def _environment(loader: ConfigLoader, node: yaml.Node) -> Any:
    """``!ENV NAME`` or ``!ENV [NAME, OTHER, default]``, as MkDocs reads it."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = (loader.construct_object(item, deep=True) for item in node.value)
        names = names or [default]
        return next((os.environ[n] for n in names if n in os.environ), default)
    return os.environ.get(str(node.value), None)


ConfigLoader.add_constructor("!ENV", _environment)
ConfigLoader.add_constructor("!relative", lambda loader, node: None)


class Configuration(Struct, frozen=True):
    """mkdocs.yml as written: values, lines of the options of Jianyan's plugins, and the files
    that it inherits from."""

    path: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]
    inherited: tuple[str, ...] = ()


class UnreadableSettings(Exception):
    """mkdocs.yml cannot be used at all; ``problems`` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].text)
        self.problems = problems


def load_configuration(path: str) -> Configuration:
    """Read mkdocs.yml and what it inherits.

    Raises:
        UnreadableSettings: the file is not there or is not YAML.
    """
    name = os.path.basename(path)
    text = ""
    try:
        text = decode(Path(path).read_bytes(), name)
        node = yaml.compose(text, Loader=ConfigLoader)
        values = yaml.load(text, Loader=ConfigLoader)
    except FileNotFoundError:
        raise UnreadableSettings(problem("JY060", name, 1, key=name, reason="文件不存在")) from None
    except Unreadable as error:
        raise UnreadableSettings(error.problem) from None
    except yaml.YAMLError as error:
        line, slip = explain(error, text)
        told = {"reason": slip.reason, "advice": slip.advice}
        raise UnreadableSettings(problem("JY063", name, line + 1, **told)) from None
    if not isinstance(values, dict):
        told = {"reason": "应当是“键: 值”的形式", "advice": UNKNOWN.advice}
        raise UnreadableSettings(problem("JY063", name, 1, **told))
    named = values.get("INHERIT")
    inherited: tuple[str, ...] = ()
    if isinstance(named, str):
        base = load_configuration(os.path.join(os.path.dirname(path), named))
        values = _merged(base.values, values)
        inherited = (base.path, *base.inherited)
    return Configuration(path, values, _plugin_lines(node), inherited)


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, value in own.items():
        there = merged.get(name)
        both = isinstance(there, dict) and isinstance(value, dict)
        merged[name] = _merged(there, value) if both else value  # type: ignore[arg-type]
    return merged


def _plugin_lines(node: yaml.Node | None) -> dict[str, int]:
    """Lines of top-level keys and, as ``site.office.phone``, of plugin options."""
    lines: dict[str, int] = {}
    if not isinstance(node, yaml.MappingNode):
        return lines
    for key, value in node.value:
        lines[f"/{key.value}"] = key.start_mark.line + 1
        if key.value == "plugins":
            entries = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for entry in entries:
                if isinstance(entry, yaml.MappingNode):
                    for name, options in entry.value:
                        _option_lines(str(name.value).removeprefix(PREFIX), options, lines)
    return lines


def _option_lines(prefix: str, node: yaml.Node, lines: dict[str, int]) -> None:
    lines.setdefault(prefix, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines[f"{prefix}.{key.value}"] = key.start_mark.line + 1
            _option_lines(f"{prefix}.{key.value}", value, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _option_lines(f"{prefix}[{index}]", item, lines)


def plugin_options(values: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Options of the plugins ``jianyan/…`` that mkdocs.yml lists, by short name."""
    listed = values.get("plugins") or []
    pairs: list[tuple[str, Any]] = []
    if isinstance(listed, dict):
        pairs = [(str(name), options) for name, options in listed.items()]
    elif isinstance(listed, list):
        for entry in listed:
            if isinstance(entry, dict):
                pairs += [(str(name), options) for name, options in entry.items()]
            else:
                pairs.append((str(entry), None))
    return {
        name.removeprefix(PREFIX): options if isinstance(options, dict) else {}
        for name, options in pairs
        if name.startswith(PREFIX)
    }


def read_settings(
    configuration: Configuration, output: str | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings, and problems of the options.

    ``output`` replaces the site folder of mkdocs.yml.
    """
    values = configuration.values
    root = os.path.dirname(os.path.abspath(configuration.path))
    told = os.path.basename(configuration.path)
    options = plugin_options(values)
    read, problems = _read_options(options, told, configuration.lines)
    site: SiteOptions = read["site"]
    feeds: FeedsOptions = read["feeds"]
    plans: PlansOptions = read["plans"]
    search: SearchOptions = read["search"]
    url = str(values.get("site_url") or "")
    capabilities = frozenset(options) & frozenset(PLUGIN_OPTIONS)
    if not url and "feeds" in capabilities:
        # A feed needs absolute addresses.
        capabilities -= {"feeds"}
        problems.append(problem("JY062", told, configuration.lines.get("/site_url", 1)))
    content = _folder(root, values.get("docs_dir"), "docs")
    settings = Settings(
        root=root,
        config=os.path.abspath(configuration.path),
        content=content,
        content_name=os.path.relpath(content, root).replace(os.sep, "/") + "/",
        output=os.path.abspath(output) if output else _folder(root, values.get("site_dir"), "site"),
        cache=os.path.join(root, ".cache", "jianyan"),
        name=str(values.get("site_name") or ""),
        url=url,
        description=str(values.get("site_description") or ""),
        copyright=str(values.get("copyright") or ""),
        office=_office(site.office),
        clock=site.clock.at if site.clock is not None else None,
        services=tuple((s.title, s.url.lstrip("/"), s.note or "") for s in site.services),
        per_page=site.per_page,
        feed_items=feeds.items,
        red_head=plans.red_head or "",
        search_attachments=search.attachments,
        markdown_limit=site.markdown_limit,
        file_limit=site.file_limit,
        attachment_types=tuple(t.lower().lstrip(".") for t in site.attachment_types)
        or tuple(ATTACHMENT_TYPES),
        capabilities=capabilities,
        pure=site.pure,
        styles=_extra(values, "extra_css"),
        scripts=_extra(values, "extra_javascript"),
        **_extensions(values),
    )
    problems += _impossible(settings, told, configuration.lines)
    return settings, tuple(problems)


def _read_options(
    options: Mapping[str, Mapping[str, Any]], told: str, lines: Mapping[str, int]
) -> tuple[dict[str, Any], list[Problem]]:
    """The options of each plugin by its short name, as its model, and their problems."""
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, model in PLUGIN_OPTIONS.items():
        given = {str(k): v for k, v in options.get(name, {}).items()}
        reader = ValueReader(told, lines)
        kwargs = reader.mapping(model, given, f"{name}.")
        read[name] = model(**(kwargs or {}))
        problems += reader.problems
    return read, problems


def _folder(root: str, written: Any, default: str) -> str:
    return os.path.abspath(os.path.join(root, str(written or default)))


def _office(options: OfficeOptions | None) -> Office:
    if options is None:
        return Office()
    names = OfficeOptions.__struct_fields__
    return Office(**{name: getattr(options, name) or "" for name in names})


def _extensions(values: Mapping[str, Any]) -> dict[str, Any]:
    """``markdown_extensions`` as names and configurations."""
    names: list[str] = []
    configs: dict[str, Mapping[str, Any]] = {}
    listed = values.get("markdown_extensions") or []
    if isinstance(listed, dict):
        listed = [{name: config} for name, config in listed.items()]
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict):
            for name, config in entry.items():
                names.append(str(name))
                if isinstance(config, dict):
                    configs[str(name)] = config
        else:
            names.append(str(entry))
    return {"extensions": tuple(names), "extension_configs": configs}


def _extra(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Files of content/ that every page loads; MkDocs lets a script be written as a mapping."""
    listed = values.get(key)
    if not isinstance(listed, list):
        return ()
    written = (entry.get("path") if isinstance(entry, dict) else entry for entry in listed)
    return tuple(str(entry).lstrip("/") for entry in written if entry)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _impossible(settings: Settings, told: str, lines: Mapping[str, int]) -> list[Problem]:
    """Settings with which nothing can be built."""
    found = []

    def wrong(key: str, reason: str) -> None:
        found.append(problem("JY060", told, lines.get(f"/{key}", 1), key=key, reason=reason))

    if not settings.name:
        wrong("site_name", "没有写网站名称")
    if settings.url and not _is_web_address(settings.url):
        wrong("site_url", "应当是以 http:// 或 https:// 开头的完整网址")
    if not os.path.isdir(settings.content):
        folder = settings.content_name.rstrip("/")
        found.append(problem("JY061", told, lines.get("/docs_dir", 1), folder=folder))
    for key, names in (("extra_css", settings.styles), ("extra_javascript", settings.scripts)):
        for name in names:
            if "://" in name:
                wrong(key, f"“{name}”在其他网站上，页面只能使用本站的文件")
            elif not os.path.isfile(os.path.join(settings.content, name)):
                wrong(key, f"内容目录里没有“{name}”")
    for reason in output_faults(settings):
        wrong("site_dir", reason)
    return found


def output_faults(settings: Settings) -> Iterator[str]:
    """Why a site cannot be written to its output folder, which is made exactly the new tree."""
    content, output = os.path.realpath(settings.content), os.path.realpath(settings.output)
    kept = ((content, "内容目录"), (settings.root, "网站根目录"), (settings.cache, "缓存目录"))
    for folder, name in kept:
        if os.path.commonpath([os.path.realpath(folder), output]) == output:
            yield f"不能与{name}相同或包含它"
    if os.path.commonpath([content, output]) == content:
        yield "不能放在内容目录里"
