"""The theme's templates are filled in as Jinja alone would do it, with less work."""

import jinja2
import markupsafe
import pytest
from markupsafe import Markup

from site_plugins.tools.template_engine import TemplateEngine, escaped, keep

_TEMPLATES = {
    "macros.html": (
        "{% macro box(text, level=2) %}<b>{{ mark(text) }}{{ level }}</b>{% endmacro %}"
        "{% macro around(root) %}[{{ caller() }}{{ root }}]{% endmacro %}"
    ),
    "base.html": "<title>{{ title }}</title>{% block main %}{% endblock %}",
    "page.html": (
        '{% extends "base.html" %}{% from "macros.html" import box, around %}'
        "{% block main %}{% for item in items %}{{ box(item, level=loop.index) }}{% endfor %}"
        "{% call around(title) %}{{ raw|safe }}{% endcall %}{{ items|join('<') }}"
        "{{ box(title) }}{{ box(title, 3) }}{{ box() }}{{ box(title)|upper }}{{ box(raw) ~ raw }}"
        "{% endblock %}"
    ),
}


def _filled(engine: type[jinja2.Environment]) -> str:
    environment = engine(loader=jinja2.DictLoader(_TEMPLATES), autoescape=True)
    environment.globals["mark"] = lambda text: f"<{text}>"
    context = {"title": "甲 & 乙", "items": ['"', "'", Markup("<i>")], "raw": "<p>&amp;</p>"}
    return environment.get_template("page.html").render(context)


def test_gives_what_jinja_gives() -> None:
    assert _filled(TemplateEngine) == _filled(jinja2.Environment)


@pytest.mark.parametrize("value", ["文", "<a href='x'>\"&", Markup("<p>"), 3, None, True])
def test_escapes_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == str(markupsafe.escape(value))


def test_titles_are_kept_together_while_every_stretch_is_short() -> None:
    assert keep("市政协召开常委会会议，听取情况通报") == " keep"
    assert keep("市政协十四届常委会第十次会议在示例市召开") == ""
    assert keep("") == " keep"
    assert keep("一二三四五", 4) == ""
