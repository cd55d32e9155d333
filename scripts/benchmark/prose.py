"""Composes sentences, lists and tables about one topic out of the benchmark's vocabulary."""

from dataclasses import dataclass

from scripts.benchmark import vocabulary as words
from scripts.benchmark.draws import Draw, number, pick, pick_early, pick_several
from scripts.benchmark.names import coinage, place

_FAVOURITES = 24
"""How many verbs and objects of the lists one author keeps to: real texts repeat themselves."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One text's author: what the text is about and the words it prefers.

    Attributes:
        draw: source of numbers of this text alone.
        topic: a key of ``vocabulary.TOPICS``.
        subjects: what is spoken of under the topic.
        verbs: the author's verbs.
        objects: the author's objects.
        clauses: whole clauses, each the likelier the earlier.
    """

    draw: Draw
    topic: str
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    clauses: tuple[str, ...]

    @classmethod
    def of(cls, draw: Draw) -> "Writer":
        """An author of an arbitrary topic."""
        topic = pick(draw, tuple(words.TOPICS))
        return cls(
            draw=draw,
            topic=topic,
            subjects=words.TOPICS[topic],
            verbs=tuple(pick_several(draw, words.VERBS, _FAVOURITES)),
            objects=tuple(pick_several(draw, words.OBJECTS, _FAVOURITES)),
            clauses=tuple(pick_several(draw, words.CLAUSES, len(words.CLAUSES))),
        )

    def action(self) -> str:
        """``有序完善尾水排放管理办法``."""
        adverb = pick(self.draw, words.ADVERBS) if self.draw() < 0.5 else ""
        chance = self.draw()
        if chance < 0.4:
            subject = pick(self.draw, self.subjects)
        elif chance < 0.7:
            subject = place(self.draw)
        else:
            subject = f"{coinage(self.draw)}{coinage(self.draw)}"
        return adverb + pick(self.draw, self.verbs) + subject + pick(self.draw, self.objects)

    def figures(self) -> str:
        """A clause with numbers in it."""
        count, share = number(self.draw, 3, 480), number(self.draw, 5, 98)
        subject, where = pick(self.draw, self.subjects), place(self.draw)
        return pick(
            self.draw,
            (
                f"{where}共涉及{subject}{count}处，占{share}%",
                f"其中{where}的{subject}完成率达到{share}%",
                f"全年计划投入{count}万元用于{where}{subject}",
                f"{number(self.draw, 2, 40)}名委员分{number(self.draw, 2, 6)}组走访了{where}",
            ),
        )

    def sentence(self) -> str:
        """A sentence of two to five clauses with its full stop."""
        office, unit = pick(self.draw, words.OFFICES), pick(self.draw, words.DEPARTMENTS)
        opening = pick(self.draw, words.OPENINGS)
        shape = number(self.draw, 0, 5)
        if shape == 0:
            return f"{opening}，{office}{self.action()}，{self.action()}，{self._purpose()}。"
        if shape == 1:
            return f"{opening}，{self.figures()}，{pick_early(self.draw, self.clauses)}。"
        if shape == 2:
            return f"{unit}表示，将{self.action()}，{self.action()}，{self._purpose()}。"
        if shape == 3:
            first, second = pick_several(self.draw, self.clauses, 2)
            return f"{first}，{coinage(self.draw)}{second}，{self.action()}。"
        if shape == 4:
            return (
                f"在{place(self.draw)}，{pick_early(self.draw, self.clauses)}，{self.figures()}。"
            )
        return (
            f"{opening}，{place(self.draw)}和{place(self.draw)}{self.action()}，{self._purpose()}。"
        )

    def paragraph(self, length: int) -> str:
        """Sentences of together at least ``length`` characters."""
        text = ""
        while len(text) < length:
            text += self.sentence()
        return text

    def bullets(self) -> str:
        """A Markdown list of three to six points, numbered or not."""
        marks = ["-"] * 9 if self.draw() < 0.5 else [f"{n}." for n in range(1, 10)]
        count = number(self.draw, 3, 6)
        return "\n".join(
            f"{mark} **{pick(self.draw, self.subjects)}**：{self.action()}，{self._purpose()}；"
            for mark in marks[:count]
        )

    def table(self) -> str:
        """A Markdown table of five columns and four to nine rows."""
        rows = [words.TABLE_HEADS, ("---",) * len(words.TABLE_HEADS)]
        for row in range(number(self.draw, 4, 9)):
            due = f"{number(self.draw, 1, 12)}月底"
            unit, share = pick(self.draw, words.DEPARTMENTS), number(self.draw, 1, 20) * 5
            rows.append((str(row + 1), unit, self.action(), due, f"{share}%"))
        return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)

    def _purpose(self) -> str:
        return pick(self.draw, words.PURPOSES)
