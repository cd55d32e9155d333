"""The benchmark's articles: head, body and place of each, decided by its number alone."""

import datetime
import functools
import random
from dataclasses import dataclass

from scripts.benchmark import vocabulary as words
from scripts.benchmark.draws import Draw, number, pick, pick_early, pick_several
from scripts.benchmark.names import place
from scripts.benchmark.pictures import PICTURES, picture_name
from scripts.benchmark.prose import Writer

FIRST_DAY = datetime.date(2014, 1, 1)
DAYS = 3652
"""Ten years: the articles lie evenly from the first day on."""

TAG_COUNT = 200
MEAN_LENGTH = 1500
"""Characters of an article's body on the average, Markdown's own marks included."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What other articles know of an article.

    Attributes:
        number: 0 for the oldest.
        column: folder of its column.
        date: day it is dated.
        title: its headline.
    """

    number: int
    column: str
    date: datetime.date
    title: str

    @property
    def path(self) -> str:
        """Its file below content/."""
        return f"{self.column}/{self.date.year}/{self.date:%m%d}-{self.number:06d}.md"


@functools.cache
def tags() -> tuple[str, ...]:
    """The two hundred tags, the commonest first."""
    topics = list(words.TOPICS)
    subjects = [subject for topic in topics for subject in words.TOPICS[topic]]
    every = [*words.TAG_STEMS, *topics, *subjects]
    return tuple(dict.fromkeys(every))[:TAG_COUNT]


def headline(index: int, total: int) -> Headline:
    """The headline of article ``index`` of ``total``."""
    draw = random.Random(f"headline {index}").random
    writer = Writer.of(draw)
    title = pick(
        draw,
        (
            f"{pick(draw, words.OFFICES)}就{writer.topic}{pick(draw, words.FORMATS)}",
            f"{place(draw)}：{writer.action()}",
            f"{writer.action()} {pick(draw, words.PURPOSES)}",
            f"关于{place(draw)}{pick(draw, writer.subjects)}的几点建议",
        ),
    )
    date = FIRST_DAY + datetime.timedelta(days=index * DAYS // total)
    return Headline(index, pick_early(draw, tuple(words.COLUMNS)), date, title)


def article(index: int, total: int) -> str:
    """The whole file of article ``index`` of ``total``: front matter and Markdown."""
    head = headline(index, total)
    draw = random.Random(f"article {index}").random
    writer = Writer.of(draw)
    return f"---\n{_front_matter(head, writer, draw)}---\n{_body(head, total, writer, draw)}"


def _front_matter(head: Headline, writer: Writer, draw: Draw) -> str:
    lines = [f"title: {head.title}"]
    if draw() < 0.25:
        lines.insert(0, f"kicker: {pick(draw, words.PURPOSES)}")
        lines.append(f"subtitle: {writer.action()}")
    hour, minute = number(draw, 8, 17), number(draw, 0, 59)
    lines.append(f"date: {head.date} {hour:02d}:{minute:02d}")
    lines.append(f"source: {pick(draw, words.OFFICES)}")
    if draw() < 0.7:
        lines.append(f"author: 记者 某{pick(draw, '甲乙丙丁戊己庚辛')}")
    chosen = [pick_early(draw, tags()) for _ in range(number(draw, 1, 3))]
    lines.append(f"tags: [{', '.join(dict.fromkeys([writer.topic, *chosen]))}]")
    if draw() < 0.4:
        lines.append(f"image: ../../pictures/{picture_name(number(draw, 1, PICTURES))}")
        lines.append(f"image_alt: {writer.topic}示意图")
    return "\n".join(lines) + "\n"


def _body(head: Headline, total: int, writer: Writer, draw: Draw) -> str:
    """Paragraphs with, here and there, headings, a list, a table, pictures and links."""
    length = int(MEAN_LENGTH * (0.4 + 1.1 * draw()))
    blocks = [writer.paragraph(120)]
    headings = pick_several(draw, words.HEADINGS, number(draw, 0, 4))
    while sum(map(len, blocks)) < length:
        if headings and draw() < 0.4:
            blocks.append(f"## {headings.pop()}")
        blocks.append(writer.paragraph(number(draw, 90, 240)))
        shape = draw()
        if shape < 0.12:
            blocks.append(writer.bullets())
        elif shape < 0.2:
            blocks.append(writer.table())
        elif shape < 0.3:
            name = picture_name(number(draw, 1, PICTURES))
            blocks.append(f"![{pick(draw, writer.subjects)}](../../pictures/{name})")
        elif shape < 0.5 and head.number:
            other = headline(number(draw, max(0, head.number - 400), head.number - 1), total)
            blocks.append(f"此前报道：[{other.title}](../../{other.path})。{writer.sentence()}")
    return "\n\n".join(blocks) + "\n"
