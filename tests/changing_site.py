"""A site that changes: files in several wordings, and edits of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests.site_in_memory import NOW, Files, column, record

PLAN = "前言。\n\n一、学习\n\n（一）武装。坚持[甲](../../news/a.md)。\n\n1. 第一项。\n"
ISSUE = "---\ntitle: 第{0}期\nissue: {{year: 2023, number: {0}, published: 2023-0{0}-01{1}}}\n---\n"


def _versions() -> dict[str, list[str | bytes]]:
    """Every file that may be there, in each of its wordings."""
    pool: dict[str, list[str | bytes]] = {
        "index.md": ["# 首页\n\n[甲](news/a.md)\n", "# 首页\n\n改过。\n"],
        "news/index.md": [
            column("要闻"),
            column("新闻", feed="false"),
            column("要闻", home="{position: 1}"),
        ],
        "news/sub/index.md": [column("下级"), column("下级", menu="false"), b"\xff"],
        "news/a.md": [
            record("甲", tags="[园]", text="[x](a.pdf) [乙](b.md#yi) ![x](x.png)"),
            record("甲改", tags="[园]", text="改[x](a.pdf) [乙](b.md#yi) ![x](x.png)"),
            record("甲", tags="[园, 水]", text="[丙](sub/c.md) [无](missing.md)"),
            record("甲二", "2022-04-01", aliases="[/old/]", text="改过。"),
            record("甲", status="withdrawn", text="撤。"),
            record("甲", status="draft", text="[x](missing.md)"),
        ],
        "news/b.md": [
            record("乙", "2022-03-19", text="## 一 {#yi}\n\n正文。", tags="[园]"),
            record("乙", "2022-03-19", text="## 一 {#yi}\n\n别话。", tags="[园]", summary="要点"),
            record("乙", "2022-03-19", text="正文。", tags="[水]", implements="plans/2022#1-1"),
            record("乙", "2022-03-19", related="[news/a]", pinned="true"),
            record("乙", "2022-03-19", publish_at="2023-10-21"),
            record("乙", "2022-03-19", expire_at="2023-10-21", members="[m/a]"),
        ],
        "news/sub/c.md": [
            record("丙", "2023-01-01", tags="[园]", text="[计划](../../plans/2022/index.md#1-1)"),
            record("丙", "2023-01-01", image="../x.png", image_alt="图", attachments="[../a.pdf]"),
            record("丙", colour="red"),
        ],
        "news/a.pdf": [b"%PDF", b"%PDF 2"],
        "news/x.png": [b"PNG", b"PNG 2"],
        "about.md": ["# 关于\n\n[首页](index.md)\n", "---\norder: 1\n---\n# 本站\n"],
        "plans/index.md": [column("计划", "plan")],
        "plans/2022/index.md": [
            record("2022年工作要点", "2022-02-01", year=2022, text=PLAN),
            record(
                "2022年工作要点", "2022-02-01", year=2022, text=PLAN.replace("（一）", "（二）")
            ),
        ],
        "m/index.md": [column("人", "member", layout="people")],
        "m/a.md": [
            "---\nname: 某甲\norder: 2\n---\n",
            "---\nname: 某丙\n---\n[甲](../news/a.md)\n",
        ],
        "m/b.md": ["---\nname: 某乙\norder: 1\n---\n"],
        "t/index.md": [column("专题", "topic")],
        "t/a.md": [
            "---\ntitle: 园\ngathers_tags: [园]\n---\n",
            "---\ntitle: 园\ngathers: [news/a]\n---\n",
        ],
        "z/index.md": ["---\ntitle: 杂志\nperiodical: {}\n---\n"],
        "z/2023-01/index.md": [ISSUE.format(1, ""), ISSUE.format(1, ", visibility: summary")],
        "z/2023-01/a.md": [
            "---\ntitle: 文\ndate: 2023-01-01\nsection: 卷首\n---\n文。\n",
            "---\ntitle: 文正\ndate: 2023-01-01\nsection: 卷首\n---\n文章。\n",
            "---\ntitle: 文二\ndate: 2023-01-01\n---\n[甲](../../news/a.md)\n",
        ],
        "z/2023-02/index.md": [ISSUE.format(2, ""), ISSUE.format(2, ", visibility: hidden")],
        "z/2023-02/b.md": [
            "---\ntitle: 篇\ndate: 2023-02-01\nauthors: [{name: 某甲}]\n---\n篇。\n"
        ],
    }
    for n in range(7):
        day = f"202{n // 3}-05-{10 + n}"
        pool[f"news/more/{n}.md"] = [
            record(f"稿{n}", day, tags="[园]"),
            record(f"稿{n}正", day, tags="[园]", text="另一句。\n", author="某人"),
            record(f"稿{n}改", day, tags="[水]", text=f"[前](../more/{n - 1}.md)"),
        ]
    return pool


POOL = _versions()


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[Files, datetime]]:
    """A site, and what it is after each of some edits."""
    files: dict[str, str | bytes] = {
        path: draw(st.sampled_from(versions))
        for path, versions in POOL.items()
        if draw(st.integers(0, 4))
    }
    now = NOW
    states: list[tuple[Files, datetime]] = [(dict(files), now)]
    for _ in range(draw(st.integers(1, 4))):
        for path in draw(st.lists(st.sampled_from(sorted(POOL)), min_size=1, max_size=3)):
            if path in files and draw(st.booleans()):
                del files[path]
            else:
                files[path] = draw(st.sampled_from(POOL[path]))
        now += timedelta(days=draw(st.integers(0, 1)))
        states.append((dict(files), now))
    return states


WHOLE: Files = {path: versions[0] for path, versions in POOL.items()}
"""Every file in its first wording."""
