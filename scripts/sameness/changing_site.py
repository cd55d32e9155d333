"""A generated site of every kind of content, which edits then change."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from scripts.benchmark.corpus import corpus_texts
from scripts.benchmark.pictures import write_pictures

START = "2024-01-01T09:00:00+08:00"
"""The site's first clock."""

OWN_EXTENSION = (
    "from markdown import Extension\nfrom markdown.preprocessors import Preprocessor\n\n\n"
    "class Own(Preprocessor):\n"
    "    def run(self, lines):\n        return [*lines, '', '扩展NUMBER']\n\n\n"
    "class OwnExtension(Extension):\n"
    "    def extendMarkdown(self, md):\n"
    "        md.preprocessors.register(Own(md), 'own', 5)\n\n\n"
    "def makeExtension(**more):\n    return OwnExtension(**more)\n"
)
"""A Markdown extension of the site's own, of version NUMBER."""

_OTHERS = {
    "packages/own_extension.py": OWN_EXTENSION.replace("NUMBER", "0"),
    "theme/components/extra.css": "/* none yet */\n",
    "theme/partials/note.html": "<!-- 0 -->\n",
}

_PLANS = {
    "content/plans/index.md": "---\ntitle: 年度计划\ncolumn:\n  holds: [plan]\n  order: 50\n---\n",
    "content/plans/2023/index.md": (
        "---\ntitle: 示例市政协2023年工作要点\nkind: plan\nyear: 2023\ndate: 2023-02-01\n"
        "source: 示例市政协办公室\ntargets:\n"
        '  - {clause: "1-1", what: 座谈会, count: 2, unit: 次, by: 2023-12-31}\n'
        '  - {clause: "2-1", what: 培训, count: 1, unit: 期, counts: [委员学习]}\n'
        'progress:\n  - {clause: "1-2", date: 2023-06-01, state: 进行中, note: 已开三场。}\n---\n'
        "一、协商议政\n\n（一）双月协商。召开2次座谈会。\n\n（二）网络议政。常年进行。\n\n"
        "二、自身建设\n\n（一）委员学习。举办培训。\n"
    ),
    "content/plans/2022/index.md": (
        "---\ntitle: 示例市政协2022年工作要点\nyear: 2022\ndate: 2022-02-01\n"
        "source: 示例市政协办公室\nids:\n  - {id: 1-1, number: （一）, title: 双月协商}\n---\n"
        "一、协商议政\n\n（一）双月协商。召开X次座谈会。\n\n1. 选题。\n\n2. 调研。\n\n"
        "二、民主监督\n\n（一）专项监督。见[供水座谈会](../../talks/2023/0301-water.md)。\n"
    ),
}
_EVENTS = {
    "content/talks/index.md": (
        "---\ntitle: 协商\ncolumn:\n  holds: [consultation]\n  order: 60\n---\n"
    ),
    "content/talks/2023/0301-water.md": (
        "---\ntitle: 供水座谈会\nform: 双月协商座谈会\nstart: 2023-03-01 14:30\n"
        "place: 一号会议室\nimplements: [plans/2023#1-1]\nspeeches:\n"
        "  - {member: 某甲, title: 谈水}\nreport: news/2023/0302-water\n---\n谈供水。\n"
    ),
    "content/talks/2024/0110-school.md": (
        "---\ntitle: 办学座谈会\nform: 双月协商座谈会\nstart: 2024-01-10 09:00\n"
        "end: 2024-01-10 11:30\nplace: 二号会议室\nimplements: [plans/2023#1-1]\n---\n谈办学。\n"
    ),
    "content/checks/index.md": (
        "---\ntitle: 监督\ncolumn:\n  holds: [supervision]\n  order: 61\n  layout: timeline\n---\n"
    ),
    "content/checks/2023/0608-sewage.md": (
        "---\ntitle: 污水处理专项监督\nform: 专项\nstart: 2023-06-08\nend: 2024-01-03\n"
        "findings: |\n  两处管网未接通。\nsurvey: surveys/2023/0410-pipes\n"
        "implements: [plans/2022#2-1]\n---\n看了三处。\n"
    ),
    "content/news/2023/0302-water.md": (
        "---\ntitle: 供水座谈会召开\ndate: 2023-03-02\nsource: 示例市政协办公室\n"
        "event: talks/2023/0301-water\nmembers: [people/a]\nbodies: [offices/water]\n"
        "tags: [水环境治理]\nattachments: [{file: notes.docx}]\n---\n"
        "会上[某甲](../../people/a.md)说到[计划](../../plans/2023/index.md#1-1)。\n\n"
        "![一块颜色](../../pictures/plain.png)\n\n见[记录](notes.docx)。\n"
    ),
}
_RECORDS = {
    "content/notices/index.md": (
        "---\ntitle: 通知\ncolumn:\n  holds: [article, notice]\n  order: 40\n"
        "  home: {position: 2, items: 3}\n---\n"
    ),
    "content/notices/rules/index.md": (
        "---\ntitle: 规章\ncolumn:\n  holds: [notice]\n  layout: table\n---\n"
    ),
    "content/notices/2023/0107-holiday.md": (
        "---\ntitle: 放假通知\nkind: notice\ndate: 2023-01-07\nsource: 示例市政协办公室\n"
        "number: 示协〔2023〕1号\ndeadline: 2024-02-01\n---\n放假三天。\n"
    ),
    "content/notices/rules/2023/0109-rules.md": (
        "---\ntitle: 提案办法\ndate: 2023-01-09\nsource: 示例市政协办公室\n"
        "aliases: [/rules.html]\n---\n## 总则 {#general}\n\n照此办理。[^1]\n\n[^1]: 试行。\n"
    ),
    "content/bills/index.md": (
        "---\ntitle: 提案\ncolumn:\n  holds: [proposal]\n  order: 62\n  layout: cards\n---\n"
    ),
    "content/bills/2023/0012-canteen.md": (
        "---\ntitle: 增设社区食堂\nnumber: 12\nfiled: 2023-01-12\npublic: true\nstatus: 办复\n"
        "proposers: [某甲]\nreply:\n  unit: 市民政局\n  date: 2023-05-04\n  text: |\n"
        "    今年增设三处。\n---\n建议增设。\n"
    ),
    "content/bills/2023/0031-private.md": (
        "---\ntitle: 未同意公开的提案\nnumber: 31\nfiled: 2023-01-13\n---\n暗语900031不公开。\n"
    ),
    "content/voices/index.md": (
        "---\ntitle: 民意\ncolumn:\n  holds: [opinion]\n  order: 63\n  menu: false\n---\n"
    ),
    "content/voices/2023/0405-lamps.md": (
        "---\ntitle: 路灯太暗\nreported_on: 2023-04-05\nreported_to: 市政府\n"
        "outcome: 已换灯。\n---\n天黑看不见。\n"
    ),
    "content/surveys/index.md": (
        "---\ntitle: 调研\ncolumn:\n  holds: [research]\n  order: 64\n---\n"
    ),
    "content/surveys/2023/0410-pipes.md": (
        "---\ntitle: 雨水管调研\ndate: 2023-04-10\ntopic: 雨水管\ntags: [水环境治理, 老旧小区]\n"
        "image: ../../pictures/plain.png\nimage_alt: 一块颜色\n---\n走了四条街。\n"
    ),
    "content/people/index.md": (
        "---\ntitle: 委员\ncolumn:\n  holds: [member]\n  layout: people\n  order: 65\n---\n"
    ),
    "content/people/a.md": (
        "---\nname: 某甲\nsector: 教育\norder: 1\nphoto: ../pictures/plain.png\n---\n教师。\n"
    ),
    "content/people/b.md": "---\nname: 某乙\norder: 2\n---\n[某甲](a.md)的同事。\n",
    "content/offices/index.md": (
        "---\ntitle: 机构\ncolumn:\n  holds: [body]\n  order: 66\n  feed: false\n---\n"
    ),
    "content/offices/water.md": "---\nname: 水务委员会\nhead: 某甲\n---\n管水。\n",
    "content/topics/index.md": ("---\ntitle: 专题\ncolumn:\n  holds: [topic]\n  order: 70\n---\n"),
    "content/topics/water.md": (
        "---\ntitle: 水\ngathers_tags: [水环境治理]\ngathers: [notices/2023/0107-holiday]\n"
        "---\n关于水。\n"
    ),
    "content/about.md": (
        "# 关于本站\n\n见[供水座谈会](talks/2023/0301-water.md)和[2022年计划]"
        "(plans/2022/index.md#1-1)。\n\n[表](table.csv)\n"
    ),
}
_PERIODICAL = {
    "content/paper/index.md": "---\ntitle: 示例\nperiodical: {order: 80, frequency: 季刊}\n---\n",
    "content/paper/2023-01/index.md": (
        "---\ntitle: 2023年第1期\nissue:\n  year: 2023\n  number: 1\n  published: 2023-03-01\n"
        "  visibility: public\n  contents:\n    - section: 卷首\n      articles: [a, b]\n---\n"
    ),
    "content/paper/2023-01/a.md": (
        "---\ntitle: 卷首语\ndate: 2023-03-01\nauthors: [{name: 某甲}]\n---\n开卷。\n"
    ),
    "content/paper/2023-01/b.md": "---\ntitle: 老街\ndate: 2023-03-01\n---\n老街的事。\n",
    "content/paper/2023-02/index.md": (
        "---\ntitle: 2023年第2期\nissue:\n  year: 2023\n  number: 2\n  published: 2023-06-01\n"
        "  visibility: summary\n---\n"
    ),
    "content/paper/2023-02/c.md": (
        "---\ntitle: 渡口\ndate: 2023-06-01\n---\n[老街](../2023-01/b.md)\n"
    ),
}
_FILES = {
    "content/table.csv": "甲,乙\n1,2\n",
    "content/extra.css": "p { margin: 1px }\n",
}


def write_site(folder: Path, articles: int) -> None:
    """Write the site anew; whatever was in the folder goes."""
    shutil.rmtree(folder, ignore_errors=True)
    write_pictures(folder / "content" / "pictures")
    for path, text in _texts(articles):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    (folder / "content" / "pictures" / "plain.png").write_bytes(plain_picture(128, (40, 30)))
    (folder / "content" / "news" / "2023" / "notes.docx").write_bytes(docx("会议记录暗语900001。"))


def plain_picture(colour: int, size: tuple[int, int]) -> bytes:
    """A PNG of one colour; all of them have as many bytes."""
    out = io.BytesIO()
    Image.new("RGB", size, (colour, 255 - colour, 64)).save(out, "PNG")
    return out.getvalue().ljust(1024, b"\0")


def docx(text: str) -> bytes:
    """A document of Word with one paragraph."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        # With a date of its own: the same text gives the same bytes.
        archive.writestr(
            zipfile.ZipInfo("word/document.xml", (2024, 1, 1, 0, 0, 0)),
            f'<w:document xmlns:w="{namespace}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
    return out.getvalue()


def _texts(articles: int) -> Iterator[tuple[str, str]]:
    for path, text in corpus_texts(articles):
        if path == "mkdocs.yml":
            text = text.replace("  name: material\n", "  name: material\n  custom_dir: theme\n")
            text = text.replace("  - jianyan/site\n", "  - jianyan/site:\n      per_page: 20\n")
        yield path, text
    for more in (_PLANS, _EVENTS, _RECORDS, _PERIODICAL, _FILES, _OTHERS):
        yield from more.items()
