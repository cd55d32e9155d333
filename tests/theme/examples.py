"""Example pages of every layout, with full and with minimal views.

Run as a script it writes a preview: python -m tests.theme.examples FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from . import board_examples, event_examples, list_examples, record_examples
from .preview import Example, write


def examples() -> dict[str, Example]:
    """Every example by the name of its preview file."""
    return {
        **record_examples.home_pages(),
        **record_examples.article_pages(),
        **record_examples.ordinary_pages(),
        **record_examples.plan_pages(),
        **board_examples.board_pages(),
        **event_examples.event_pages(),
        **event_examples.calendar_pages(),
        **record_examples.comparison_pages(),
        **record_examples.periodical_pages(),
        **record_examples.issue_pages(),
        **list_examples.column_pages(),
        **list_examples.tag_pages(),
        **list_examples.topic_pages(),
        **list_examples.guide_pages(),
        **list_examples.layout_pages(),
        **list_examples.search_pages(),
    }


if __name__ == "__main__":
    write(Path(sys.argv[1]), examples())
