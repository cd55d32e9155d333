"""Pelican: its site with the same articles, lists and feeds."""

from collections.abc import Iterator
from pathlib import Path

from scripts.benchmark import vocabulary as words
from scripts.benchmark.peer import PER_PAGE, Peer, PeerArticle

_SETTINGS = f"""\
SITENAME = "示例市政协"
SITEURL = "https://zx.example.org"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
COLUMNS = {words.COLUMNS!r}
STATIC_PATHS = ["pictures"]
ARTICLE_URL = "{{category}}/{{date:%Y}}/{{slug}}/"
ARTICLE_SAVE_AS = "{{category}}/{{date:%Y}}/{{slug}}/index.html"
CATEGORY_URL = "{{slug}}/"
CATEGORY_SAVE_AS = "{{slug}}/index.html"
TAG_URL = "tags/{{slug}}/"
TAG_SAVE_AS = "tags/{{slug}}/index.html"
TAGS_SAVE_AS = "tags/index.html"
YEAR_ARCHIVE_URL = "archive/{{date:%Y}}/"
YEAR_ARCHIVE_SAVE_AS = "archive/{{date:%Y}}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags"]
DEFAULT_PAGINATION = {PER_PAGE}
PAGINATED_TEMPLATES = {{"category": None, "tag": None}}
PAGINATION_PATTERNS = (
    (1, "{{url}}", "{{save_as}}"),
    (2, "{{base_name}}/page/{{number}}/", "{{base_name}}/page/{{number}}/index.html"),
)
FEED_ALL_RSS = "feed.xml"
FEED_ALL_ATOM = "atom.xml"
CATEGORY_FEED_RSS = "{{slug}}/feed.xml"
CATEGORY_FEED_ATOM = "{{slug}}/atom.xml"
TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = {PER_PAGE}
RSS_FEED_SUMMARY_ONLY = False
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
"""

_BASE = """\
<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock %}｜{{ SITENAME }}</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
</head><body>
<nav>{% for name, title in COLUMNS.items() %}
<a href="/{{ name }}/">{{ title }}</a> {% endfor %}</nav>
<main>{% block main %}{% endblock %}</main>
<footer>{{ SITENAME }} <a href="/tags/">标签</a></footer>
</body></html>
"""

_ARTICLE = """\
{% extends "base.html" %}{% block title %}{{ article.title }}{% endblock %}
{% block main %}<article><h1>{{ article.title }}</h1>
{% if article.kicker %}<p>{{ article.kicker }}</p>{% endif %}
{% if article.subtitle %}<p>{{ article.subtitle }}</p>{% endif %}
<p>{{ article.date.strftime("%Y-%m-%d %H:%M") }} {{ article.origin }} {{ article.byline }}</p>
{% if article.image %}<img src="{{ article.image }}" alt="{{ article.image_alt }}">{% endif %}
{{ article.content }}
<p>{% for tag in article.tags %}<a href="/{{ tag.url }}">{{ tag }}</a> {% endfor %}</p>
</article>{% endblock %}
"""

_ITEMS = """\
{% macro items(articles) %}<ul>{% for one in articles %}
<li><a href="/{{ one.url }}">{{ one.title }}</a>
 <time>{{ one.date.strftime("%Y-%m-%d") }}</time></li>
{% endfor %}</ul>{% endmacro %}
"""

_LIST = """\
{% extends "base.html" %}{% from "items.html" import items %}
{% block title %}HEADING{% endblock %}
{% block main %}<h1>HEADING</h1>{{ items(articles_page.object_list) }}
<nav>{% if articles_page.has_previous() %}
<a href="/{{ articles_previous_page.url }}">上一页</a>{% endif %}
{{ articles_page.number }}／{{ articles_paginator.num_pages }}
{% if articles_page.has_next() %}<a href="/{{ articles_next_page.url }}">下一页</a>{% endif %}</nav>
{% endblock %}
"""

_YEAR = """\
{% extends "base.html" %}{% from "items.html" import items %}
{% block title %}{{ period[0] }}年{% endblock %}
{% block main %}<h1>{{ period[0] }}年</h1>{{ items(dates) }}{% endblock %}
"""

_INDEX = f"""\
{{% extends "base.html" %}}{{% from "items.html" import items %}}
{{% block title %}}首页{{% endblock %}}
{{% block main %}}<h1>{{{{ SITENAME }}}}</h1>{{{{ items(articles[:{PER_PAGE}]) }}}}
{{% for column, found in categories %}}<h2>{{{{ COLUMNS[column.name] }}}}</h2>
{{{{ items(found[:8]) }}}}{{% endfor %}}{{% endblock %}}
"""

_TAGS = """\
{% extends "base.html" %}{% block title %}标签{% endblock %}
{% block main %}<h1>标签</h1><ul>{% for tag, found in tags %}
<li><a href="/{{ tag.url }}">{{ tag }}</a> {{ found|count }}</li>{% endfor %}</ul>{% endblock %}
"""

_TEMPLATES = {
    "base.html": _BASE,
    "article.html": _ARTICLE,
    "items.html": _ITEMS,
    "category.html": _LIST.replace("HEADING", "{{ COLUMNS[category.name] }}"),
    "tag.html": _LIST.replace("HEADING", "{{ tag }}"),
    "period_archives.html": _YEAR,
    "index.html": _INDEX,
    "tags.html": _TAGS,
}


def _settings() -> Iterator[tuple[str, str]]:
    yield "pelicanconf.py", _SETTINGS
    for name, text in _TEMPLATES.items():
        yield f"theme/templates/{name}", text
    yield "theme/static/site.css", "main { max-width: 60rem }\n"


def _article(article: PeerArticle) -> tuple[str, str]:
    """Its own head: ``author`` and ``source`` would be taken for something of Pelican's."""
    fields = dict(article.fields)
    fields["tags"] = ", ".join(fields["tags"])
    names = {"author": "byline", "source": "origin"}
    lines = [f"{names.get(key, key)}: {value}" for key, value in fields.items()]
    head = [*lines, f"category: {article.column}", f"slug: {article.name}"]
    return f"content/{article.place}.md", "\n".join(head) + f"\n\n{article.body}"


def _program(environment: Path) -> Path | None:
    program = environment / "bin" / "pelican"
    return program if program.is_file() else None


PELICAN = Peer(
    name="pelican",
    requirement="pelican[markdown]==4.12.0",
    program=_program,
    command=("-s", "pelicanconf.py", "--quiet"),
    output="output",
    remembers=("cache", "__pycache__"),
    settings=_settings,
    pictures="content/pictures",
    article=_article,
    lacks=(
        "search index",
        "JSON feeds",
        "sitemap",
        "lists of a column's year (one list for each year of the whole site)",
        "links to the articles before and after",
        "checks of links, pictures and front matter",
        "structured data, metadata for government sites",
    ),
)
