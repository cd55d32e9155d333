"""What the templates see: view models, one small frozen struct per thing shown.

Templates compute nothing. An address in a view is relative to the site's root and has no leading
slash (``news/2022/0318-x/``, the home page is the empty string); a template writes it behind the
page's ``root`` (``../../../``): ``href="{{ page.root }}{{ link.url }}"``. A field ending in
``_html`` holds finished, allow-listed HTML; every other field is plain text that Jinja escapes.
A date is a :class:`DateView`.

Each room holds the views of one family of pages; :mod:`.parts` what they share.
"""
