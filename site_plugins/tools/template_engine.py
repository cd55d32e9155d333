"""Jinja as the theme needs it: the same bytes with less work for each page.

A page is made of some ten templates that import each other and of hundreds of escaped values. All
templates here see the same globals and are never reloaded, so that a template is looked up once and
an imported one is run once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

import jinja2
import markupsafe
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

_MARKS = re.compile("[，：；、。！？《》（）— ]")


@lru_cache(maxsize=4096)
def keep(text: str, limit: int = 11) -> str:
    """The class that lets a title break at its punctuation alone, behind a space, else nothing.

    Only where every stretch between two marks is short enough for a narrow column; otherwise a
    comma could come to stand alone on a line.
    """
    return " keep" if max(map(len, _MARKS.split(text))) <= limit else ""


def escaped(value: object) -> str:
    """What ``markupsafe.escape`` gives, as an ordinary string: templates only put it out."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return _escape(str(value))


def _escape_text(text: str) -> str:
    return str(escape(text))


# The same without a Markup made in between, where this version of markupsafe has it.
_escape: Callable[[Any], str] = getattr(markupsafe, "_escape_inner", _escape_text)


class _Macro(Macro):
    """A macro that is mostly called with its arguments in their order, and then at once."""

    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        is_special = self.caller or self.catch_kwargs or self.catch_varargs
        self._most = -1 if is_special or not self._default_autoescape else self._argument_count
        self._left_open = (missing,) * self._argument_count

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """See :meth:`jinja2.runtime.Macro.__call__`."""
        if kwargs or len(args) > self._most:
            return super().__call__(*args, **kwargs)
        return _marked(Markup, self._func(*args, *self._left_open[len(args) :]))


_marked = str.__new__
_FUNCTIONS = frozenset([FunctionType, MethodType, type(keep)])


class _Context(Context):
    """Calls macros and functions without asking first what sort of function they are."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """See :meth:`jinja2.runtime.Context.call`."""
        kind = type(called)
        if kind is _Macro or (kind in _FUNCTIONS and not hasattr(called, "jinja_pass_arg")):
            if kwargs:
                kwargs.pop("_block_vars", None)
                kwargs.pop("_loop_vars", None)
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class _Template(jinja2.Template):
    """Runs once however many templates import it, for their globals are all the same."""

    @classmethod
    def _from_namespace(
        cls,
        environment: jinja2.Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],
    ) -> jinja2.Template:
        namespace.update(escape=escaped, Macro=_Macro)
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        if self._module is None:
            self._module = self.make_module()
        return self._module


class TemplateEngine(jinja2.Environment):
    """An environment whose templates do not change and have no globals of their own."""

    template_class = _Template
    context_class = _Context

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._found: dict[str, jinja2.Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """See :meth:`jinja2.Environment.make_globals`: a mapping of mappings takes long to copy."""
        return super().make_globals(d) if d else self.globals

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """See :meth:`jinja2.Environment.get_template`."""
        if not isinstance(name, str):
            return name
        template = self._found.get(name)
        if template is None:
            template = self._found[name] = super().get_template(name, parent, globals)
        return template
