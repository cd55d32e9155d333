"""Print: a text as a print document, and a print document as Typst source. Pure functions.

``document.py`` is what every printed thing is made of; ``html_blocks.py`` reads converted texts
into it; ``plan.py`` makes the document of an annual plan; ``lines.py`` sets paragraphs on the grid
of characters; ``gb9704.py`` writes the layout of official documents. A further printed thing (an
article, an issue) is a module beside ``plan.py``; a further layout one beside ``gb9704.py``.
"""
