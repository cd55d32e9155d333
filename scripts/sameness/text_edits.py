"""Edits within texts: body, front matter, what decides whether they are public."""

from datetime import timedelta

from scripts.sameness.changing import Changing, put, read, says, swap, write

_TITLES = ("修订", "更正", "补充", "再次修订")
_TAGS = ("口袋公园", "老旧小区", "乡村振兴", "水环境治理", "新标签甲", "新标签乙", "水", "ＷiFi")
_CLAUSES = ("plans/2023#1-1", "plans/2023#1-2", "plans/2023#2-1", "plans/2022#1-1", "plans/2022#9")
_NAMED = {
    "event": ("talks/2023/0301-water", "talks/2024/0110-school", "checks/2023/0608-sewage"),
    "members": ("[people/a]", "[people/b]", "[people/a, people/b]"),
    "bodies": ("[offices/water]",),
    "places": ("[二号会议室, 人民公园]",),
}
_OWN_KEYS = {
    "talks": (
        ("start", ("2023-03-01 14:30", "2024-01-02", "2024-01-01 10:00", "2025-02-01")),
        ("end", ("2024-01-02 10:00", "2024-01-10", None)),
        ("form", ("双月协商座谈会", "微协商", "新的形式")),
        ("place", ("三号会议室", None)),
        ("report", ("news/2023/0302-water", None)),
    ),
    "checks": (
        ("start", ("2023-06-08", "2024-01-01", "2024-03-01")),
        ("form", ("专项", "联动")),
        ("subject", ("污水", "垃圾", None)),
        ("survey", ("surveys/2023/0410-pipes", None)),
    ),
    "bills": (
        ("public", ("true", "false", None)),
        ("status", ("立案", "办理中", "办复", "draft")),
        ("number", ("12", "13", "14")),
        ("satisfaction", ("满意", "不满意", None)),
        ("proposers", ("[某甲]", "[某甲, 某乙]")),
    ),
    "people": (
        ("name", ("某甲", "某乙", "某丙")),
        ("order", ("1", "2", "3", None)),
        ("post", ("主席", "副主席", None)),
    ),
    "offices": (("name", ("水务委员会", "水委")), ("head", ("某甲", "某乙", None))),
    "topics": (
        ("gathers_tags", ("[水环境治理]", "[口袋公园, 老旧小区]", None)),
        ("gathers", ("[notices/2023/0107-holiday]", "[surveys/2023/0410-pipes, people/a]", None)),
        ("start", ("2023-01-01", "2022-01-01", None)),
    ),
    "voices": (("outcome", ("已换灯。", "未换。", None)), ("reported_to", ("市政府", "省政协"))),
    "surveys": (("topic", ("雨水管", "污水管")), ("report", ("news/2023/0302-water", None))),
    "notices": (
        ("number", ("示协〔2023〕1号", "示协〔2023〕2号", None)),
        ("deadline", ("2024-02-01", "2024-01-02 10:00", None)),
        ("kind", ("notice", "article", "page")),
    ),
    "paper": (
        ("section", ("卷首", "史料", None)),
        ("authors", ("[{name: 某甲}]", "[{name: 某丁, affiliation: 县志办}]", None)),
        ("abstract", ("提要一。", None)),
    ),
}
"""Folder of content/ → keys that its texts alone have, each with what it may say."""


def body(site: Changing) -> str:
    """A sentence more at the end of a text, or one less."""
    path = site.pick()
    text = read(path)
    if site.draw.random() < 0.3 and text.count("\n\n") > 2:
        text = text.rpartition("\n\n")[0] + "\n"
    else:
        text += f"\n补记{site.phrase()}。\n"
    write(path, text)
    return f"正文 {site.name(path)}"


def markup(site: Changing) -> str:
    """A heading, table, note, link or picture more."""
    path, other = site.pick(), site.pick()
    up = "../" * (len(path.relative_to(site.content).parts) - 1)
    way = up + other.relative_to(site.content).as_posix()
    more = site.draw.choice(
        (
            f"## 小题{site.draw.randrange(9)}",
            "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |",
            f"见[{other.stem}]({way})。",
            f"见[小题]({way}#_1)。",
            f"[没有的]({up}missing/{site.draw.randrange(9)}.md)",
            f"![一块颜色]({up}pictures/plain.png)",
            f"![没有的]({up}pictures/none.png)",
            f"[记录]({up}news/2023/notes.docx)",
            f"[表]({up}table.csv) <script>alert(1)</script>",
            "注[^x]。\n\n[^x]: 说明。",
            "1. 一\n2. 二\n\n* 三\n- 四\n~~删~~",
        )
    )
    write(path, f"{read(path)}\n{more}\n")
    return f"标记 {site.name(path)}"


def title(site: Changing) -> str:
    """Another title."""
    path = site.pick()
    put(path, "title", f"{site.draw.choice(_TITLES)}{site.draw.randrange(100)}：{path.stem}")
    return f"标题 {site.name(path)}"


def date(site: Changing) -> str:
    """Another day, perhaps in another year."""
    path = site.pick()
    put(path, "date", site.day())
    return f"日期 {site.name(path)}"


def tag(site: Changing) -> str:
    """Other tags."""
    path = site.pick()
    tags = site.draw.sample(_TAGS, site.draw.randrange(0, 4))
    put(path, "tags", f"[{', '.join(tags)}]")
    return f"标签 {site.name(path)}"


def status(site: Changing) -> str:
    """To a draft, withdrawn, or published again."""
    path = site.pick()
    to = site.draw.choice(("draft", "withdrawn", "published", "withdrawn"))
    put(path, "status", to)
    return f"状态 {to} {site.name(path)}"


def schedule(site: Changing) -> str:
    """A text that appears or goes at a time."""
    path = site.pick()
    key = site.draw.choice(("publish_at", "expire_at"))
    at = site.now + timedelta(hours=site.draw.randrange(-30, 60))
    put(path, key, f"{at:%Y-%m-%d %H:%M}" if site.draw.random() < 0.8 else None)
    return f"{key} {site.name(path)}"


def alias(site: Changing) -> str:
    """Old addresses, with and without a query; now and then one that another text has too."""
    path = site.pick()
    number = site.draw.choice((1, 2, site.number()))
    put(path, "aliases", f"['/old/{number}.html', '/view.php?id={number}']")
    return f"旧地址 {site.name(path)}"


def mention(site: Changing) -> str:
    """What a text refers to: clauses, an event, members, bodies, places, related texts."""
    path = site.pick()
    key = site.draw.choice(
        (*_NAMED, "implements", "pinned", "badge", "summary", "kicker", "source")
    )
    if key == "implements":
        value = f"[{', '.join(site.draw.sample(_CLAUSES, site.draw.randrange(0, 3)))}]"
    elif key in _NAMED:
        value = site.draw.choice(_NAMED[key])
    elif key == "pinned":
        value = site.draw.choice(("true", "false"))
    else:
        value = f"第{site.draw.randrange(20)}"
    put(path, key, value if site.draw.random() < 0.8 else None)
    return f"{key} {site.name(path)}"


def own_key(site: Changing) -> str:
    """A key that only texts of one kind have."""
    folder = site.draw.choice(sorted(_OWN_KEYS))
    paths = [p for p in site.texts() if p.relative_to(site.content).parts[0] == folder]
    if not paths:
        return f"{folder}（空）"
    path = site.draw.choice(paths)
    key, values = site.draw.choice(_OWN_KEYS[folder])
    put(path, key, site.draw.choice(values))
    return f"{key} {site.name(path)}"


def broken(site: Changing) -> str:
    """A text gets an error, or loses it."""
    path = site.draw.choice((site.pick(), site.draw.choice(site.holders())))
    text = read(path)
    fault = "\ncolour: red\n"
    if fault in text:
        write(path, text.replace(fault, "\n", 1))
    else:
        write(path, text.replace("---\n", f"---{fault}", 1))
    return f"错误 {site.name(path)}"


def unreadable(site: Changing) -> str:
    """The bytes of a text are no text for a while."""
    path = site.pick()
    content = path.read_bytes()
    if content.startswith(b"\xff"):
        path.write_bytes(content[1:])
    elif site.draw.random() < 0.5:
        path.write_bytes(b"\xff" + content)
    else:
        path.write_bytes(b"")
        site.deleted[site.name(path)] = content
    return f"读不出 {site.name(path)}"


def holder(site: Changing) -> str:
    """A column, periodical or issue: its own words."""
    path = site.draw.choice(site.holders())
    key = site.draw.choice(("title", "intro", "aliases", "title"))
    if key == "aliases":
        put(path, key, f"[/column/{site.draw.randrange(3)}/]")
    elif key == "intro" and "\ncolumn:" not in read(path):
        write(path, f"{read(path)}\n补记{site.phrase()}。\n")
    else:
        put(path, key, f"改名{site.draw.randrange(1000)}")
    return f"上级 {site.name(path)}"


def column_above(site: Changing) -> str:
    """What a column says of the texts below it, that are read otherwise then."""
    path = site.draw.choice(site.holders())
    changed = site.draw.choice(
        (
            ("  holds: [article]\n", "  holds: [notice]\n", "  holds: [article, notice]\n"),
            ("  holds: [opinion]\n", "  holds: [research]\n"),
            ("  layout: list\n", "  layout: cards\n", "  layout: timeline\n"),
            ("  order: 6", "  order: 16"),
            ("  feed: false\n", "  feed: true\n"),
            ("  menu: false\n", "  menu: true\n"),
            ("  visibility: public\n", "  visibility: summary\n", "  visibility: hidden\n"),
            ("  published: 2023-", "  published: 2022-"),
            ("      articles: [a, b]\n", "      articles: [b]\n", "      articles: [b, a]\n"),
            ("column:\n", "colunm:\n"),
        )
    )
    return f"栏目设置 {site.name(path)}" if swap(path, *changed) else "栏目设置（没有变）"


def plan(site: Changing) -> str:
    """A plan gets another clause, loses one, or has its clauses in another order."""
    paths = [p for p in site.texts() if p.parent.parent.name == "plans"]
    if not paths:
        return "计划（已不在）"
    path = site.draw.choice(paths)
    kind = site.draw.choice(("more", "less", "swap", "words", "target", "ids", "progress"))
    text = read(path)
    if kind == "more":
        write(path, f"{text}\n（{site.draw.choice('三四五')}）另加一条。见{site.phrase()}。\n")
    elif kind == "less":
        head, mark, _ = text.rpartition("\n（")
        write(path, head if mark else text)
    elif kind == "swap":
        swap(path, "（一）", "（二）")
    elif kind == "words":
        swap(path, "召开2次", "召开4次", "召开1次")
    elif kind == "target":
        count = site.draw.randrange(1, 5)
        what = site.draw.choice(("座谈会", "培训"))
        put(path, "targets", f'[{{clause: "1-1", what: {what}, count: {count}, unit: 次}}]')
    elif kind == "progress":
        state = site.draw.choice(("进行中", "已完成", "逾期"))
        put(path, "progress", f'[{{clause: "1-1", date: 2023-09-0{len(state)}, state: {state}}}]')
    else:
        fixed = '[{id: "1-9", number: （一）, title: 双月协商, was: ["1-1"]}]'
        put(path, "ids", None if says(path, "ids") else fixed)
    return f"计划 {kind} {site.name(path)}"


def issue(site: Changing) -> str:
    """An issue of the periodical: status, time, colophon."""
    paths = [p for p in site.holders() if "\nissue:" in read(p)]
    if not paths:
        return "期刊（已不在）"
    path = site.draw.choice(paths)
    at = site.now + timedelta(hours=site.draw.randrange(-30, 60))
    line = site.draw.choice(
        (
            "  status: draft\n",
            "  status: withdrawn\n",
            f'  publish_at: "{at:%Y-%m-%d %H:%M}"\n',
            "  cover: cover.png\n",
            "  cover_alt: 封面\n",
            f"  theme: 第{site.draw.randrange(9)}个主题\n",
            f"  colophon: 印数{site.phrase()}\n",
        )
    )
    kept = [
        kept
        for kept in read(path).splitlines(keepends=True)
        if not kept.startswith(line.partition(":")[0] + ":")
    ]
    text = "".join(kept)
    write(
        path, text.replace("issue:\n", f"issue:\n{line}", 1) if site.draw.random() < 0.7 else text
    )
    return f"期刊 {site.name(path)}"
