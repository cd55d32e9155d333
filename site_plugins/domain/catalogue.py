"""Every problem Jianyan tells, once: code, severity, what is wrong, what to do.

The texts are Chinese because editors read them; docs/problems.md explains each code and a test
compares the two. A code is never given a second meaning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from site_plugins.domain.problems import Problem, Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Entry(Struct, frozen=True):
    """A kind of problem; ``message`` and ``remedy`` are format strings without a final 。"""

    code: str
    severity: Severity
    message: str
    remedy: str


_ENTRIES = (
    # The file itself
    Entry("JY001", _E, "文件编码是 GB18030（GBK），不是 UTF-8", "请用编辑器另存为 UTF-8 编码"),
    Entry(
        "JY002",
        _E,
        "文件不是文本，或已损坏：第 {line} 行有无法识别的字节",
        "请用编辑器打开核对，另存为 UTF-8 编码；打不开的，请从备份恢复",
    ),
    Entry("JY003", _E, "文首信息（YAML）读不懂：{reason}", "{advice}"),
    Entry("JY004", _E, "文首信息没有结束", "请在文首信息与正文之间另起一行，写三个减号 ---"),
    Entry(
        "JY005",
        _E,
        "文首信息应当是“键: 值”的形式",
        "请每行写一个键，用英文冒号，冒号后空一格再写值，如 title: 标题",
    ),
    Entry(
        "JY006",
        _E,
        "Markdown 文件有 {size}，超过上限 {limit}",
        "请拆分文件，或在 mkdocs.yml 的 jianyan/site 中调整 markdown_limit",
    ),
    Entry(
        "JY007",
        _E,
        "文件有 {size}，超过上限 {limit}",
        "请压缩文件，或在 mkdocs.yml 的 jianyan/site 中调整 file_limit",
    ),
    Entry(
        "JY008",
        _E,
        "这是一个链接（快捷方式），指向的不是内容目录里的文件，不会发布",
        "请删去链接，把文件本身放进内容目录",
    ),
    Entry("JY009", _W, "文件名“{name}”不宜作网址", "请只用小写英文字母、数字、连字符和下划线命名"),
    Entry(
        "JY047",
        _E,
        "文件开头没有文首信息，不知道标题、日期等",
        "请在第一行写三个减号 ---，下面每行写一个键，如 title: 标题，写完再写一行 ---",
    ),
    # Front matter
    Entry("JY010", _E, "不认识的键“{key}”{near}", "请改正键名或删去这一行"),
    Entry("JY011", _E, "缺少必填的“{key}”（{label}）", "请在文首信息中补写 {key}"),
    Entry("JY012", _E, "“{key}”的值“{value}”不可用；可用：{choices}", "请改为其中之一"),
    Entry("JY013", _E, "“{key}”应当是{wanted}，写的是“{value}”", "请改正这个值"),
    Entry(
        "JY014",
        _E,
        "“{key}”写的“{value}”不是日期，或没有这一天",
        "请写成 2022-03-18 或 2022-03-18 09:30",
    ),
    Entry("JY015", _E, "“{key}”有 {length} 个字，超过 {longest} 个字", "请改短"),
    Entry("JY016", _E, "键“{key}”写了两次（前一次在第 {first} 行）", "请只保留一处"),
    Entry(
        "JY017", _E, "有题图而没有题图说明", "请补写 {key}，用一句话说明图中内容，供读屏软件朗读"
    ),
    Entry(
        "JY018",
        _E,
        "不写类型就不知道这是什么稿件：栏目“{column}”收录{choices}",
        "请补写 kind，取其中之一",
    ),
    Entry(
        "JY019",
        _E,
        "栏目“{column}”不收录“{kind}”；收录：{choices}",
        "请把文件移到合适的栏目，或改正 kind",
    ),
    # Files and links
    Entry("JY020", _E, "找不到图片“{file}”{near}", "请把图片放到相应位置，或改正文件名"),
    Entry("JY021", _E, "找不到附件“{file}”{near}", "请把附件放到相应位置，或改正文件名"),
    Entry("JY022", _E, "“{file}”指到了内容目录之外", "请把文件放进内容目录再引用"),
    Entry("JY023", _E, "文件“{file}”的类型不许发布", "请换成允许的格式：{choices}"),
    Entry(
        "JY024", _E, "图片或音视频“{file}”来自其他网站", "请把文件保存到内容目录，再用相对路径引用"
    ),
    Entry("JY025", _E, "链接“{link}”找不到目标{near}", "请改正链接，或先补上目标稿件"),
    Entry("JY026", _E, "链接“{link}”中的位置“#{anchor}”不存在{near}", "请改正井号之后的部分"),
    Entry(
        "JY027", _E, "链接“{link}”不安全，不能发布", "请改用 http、https、mailto、tel 或站内链接"
    ),
    Entry("JY028", _W, "链接“{link}”指向未公开的稿件，读者只看到文字", "请待其公开，或删去链接"),
    Entry("JY029", _W, "正文中的{what}不允许出现在公开页面上，已去掉", "请改用 Markdown 写法"),
    # Addresses
    Entry("JY030", _E, "网址 /{address} 已被 {other} 占用", "请给其中一个文件改名"),
    Entry(
        "JY031",
        _E,
        "文件夹或文件名与文首信息不一致：路径写“{folder}”，“{key}”写“{value}”",
        "请改正其中一个",
    ),
    Entry("JY032", _E, "网址 /{address} 留给系统生成的页面", "请给文件或文件夹改名"),
    Entry(
        "JY033",
        _E,
        "旧地址“{alias}”不是本站的地址",
        "请写以 / 开头的站内地址，如 /old/12.html 或 /view.php?id=12",
    ),
    Entry("JY034", _E, "旧地址“{alias}”已被{other}占用", "请删去这个旧地址，或改正它"),
    Entry("JY035", _I, "本文件有错误，其下 {count} 篇稿件这次也不发布", "请先改正本文件"),
    Entry(
        "JY036", _E, "目录所列文章“{article}”不存在{near}", "请改正目录，或补上文件 {article}.md"
    ),
    Entry(
        "JY037",
        _W,
        "文章没有列入本期目录，会排在目录最后，不属于任何栏目",
        "请在本期 index.md 的 contents 中加上“{article}”",
    ),
    Entry("JY038", _E, "文章“{article}”在目录中出现了两次", "请只保留一处"),
    Entry(
        "JY039",
        _E,
        "“{key}”所指的“{id}”不存在{near}",
        "请写稿件在内容目录中的路径，去掉 .md，如 members/zhang-xx",
    ),
    # Published or not
    Entry("JY040", _I, "没有稿件用到这个文件，不会发布", "如已不用，可以删除"),
    Entry(
        "JY042",
        _W,
        "文件夹写的是 {folder} 年，日期是 {value}",
        "请核对日期，或把文件移到相应年份的文件夹",
    ),
    Entry("JY043", _E, "“{file}”自身有错误，不能发布", "请先改正该文件，错误另有一条列出"),
    Entry(
        "JY044",
        _E,
        "“{file}”不是网页能显示的图片",
        "请换成 PNG、JPEG、WebP、GIF、AVIF 或 SVG 图片",
    ),
    Entry("JY045", _E, "找不到音视频文件“{file}”{near}", "请把文件放到相应位置，或改正文件名"),
    Entry("JY046", _E, "文件夹不对，不能发布：{reason}", "{advice}"),
    # Plans
    Entry(
        "JY050",
        _W,
        "{within}的{rank}编号“{number}”与第 {first} 行重复，本条编为 {id}",
        "请核对原文；原文如此可不改，编号以 {id} 为准",
    ),
    Entry(
        "JY051",
        _W,
        "{within}的{rank}编号“{number}”之前有跳号，此处按顺序应为 {expected}",
        "请核对原文是否漏了一条；原文如此可不改",
    ),
    Entry("JY052", _I, "有 {count} 处占位符（如“{example}”）尚未填写", "请在定稿前补全"),
    Entry(
        "JY053",
        _E,
        "“implements”所指的条款“{clause}”不存在{near}",
        "请写“计划#条款编号”，如 plans/2022#2-2；编号见计划页面，或用 jianyan plan show 列出",
    ),
    Entry(
        "JY054",
        _E,
        "目标所指的条款“{clause}”不存在{near}",
        "请改正条款编号；编号见计划页面，或用 jianyan plan show 列出",
    ),
    Entry(
        "JY055",
        _W,
        "{within}有一个{rank}没有编号，编为 {id}",
        "请核对原文；原文如此可不改，编号以 {id} 为准",
    ),
    Entry(
        "JY057",
        _W,
        "{within}的{rank}编号“{number}”比前面的小，此处按顺序应为 {expected}",
        "请核对原文；原文如此可不改",
    ),
    Entry("JY056", _E, "{reason}", "请简化正文的层次"),
    Entry(
        "JY080",
        _W,
        "编号 {id}（“{title}”）公布过，计划里不再有这一条，指到它的链接会失效",
        '请{first}在文首的 ids 里给接替它的一条（如 {heir}）加上 was: ["{id}"]；ids 里原有的 {id} 一行要删去',
    ),
    Entry(
        "JY081",
        _W,
        "编号 {id} 登记的是“{old}”，正文同一位置是“{new}”，仍编为 {id}",
        "如是同一条，请运行 jianyan plan ids 文件 --write 更新登记；如不是，请删去 ids 里 {id} 一行，再在新的一条加 was",
    ),
    Entry(
        "JY082",
        _I,
        "有 {count} 条还没有固定编号（如 {id}“{title}”）",
        "请运行 jianyan plan ids 文件 --write 固定下来",
    ),
    Entry("JY083", _E, "ids 里编号“{id}”出现了两次", "请只保留一处；id 和 was 里的编号都不能重复"),
    Entry(
        "JY084",
        _W,
        "“{title}”公布时编为 {id}，现在编为 {now}，指到它的链接会指错",
        "请运行 jianyan plan ids 文件 --write，让公布过的编号留在原来的条款上",
    ),
    Entry(
        "JY095",
        _I,
        "条款 {clause}“{title}”到下半年还没有佐证",
        "做过的事请在有关稿件的文首写 implements: [{plan}#{clause}]；还没有做的，请提醒承办单位",
    ),
    Entry(
        "JY096",
        _E,
        "进展说明所指的条款“{clause}”不存在{near}",
        "请改正条款编号；编号见计划页面，或用 jianyan plan show 列出",
    ),
    Entry(
        "JY097",
        _E,
        "进展说明所指的目标“{what}”不在条款 {clause} 的目标里{near}",
        "请照抄 targets 里的 what，或删去 what",
    ),
    Entry(
        "JY098",
        _E,
        "进展说明只有条款和日期，什么也没有说",
        "请补写 state（进展）、count（完成数）、note（说明）中的一项",
    ),
    # Events
    Entry("JY064", _E, "结束（{end}）早于开始（{start}）", "请改正 start 或 end"),
    Entry(
        "JY065",
        _E,
        "“event”所指的“{id}”不是协商或监督",
        "请写一次协商或监督的编号，如 consultation/2022/0617-waterlogging，或删去这一行",
    ),
    # Printing
    Entry(
        "JY088",
        _W,
        "没有找到{face}，用 {used}代替",
        "请把{face}的字体文件（{example}）放进网站的 fonts/ 文件夹{other}",
    ),
    Entry(
        "JY089",
        _E,
        "现有的字体都没有“{char}”（{point}），不能排印",
        "请把有这个字的字体放进网站的 fonts/ 文件夹，或改用别的字",
    ),
    Entry(
        "JY090",
        _E,
        "没有找到任何中文字体，不能排印",
        "请把中文字体文件（TTF、OTF）放进网站的 fonts/ 文件夹，或在网站的文件夹里运行 npm install {packages}",
    ),
    Entry("JY091", _W, "字体文件不能用：{reason}", "请换成 TTF、OTF 或 TTC 格式的字体文件"),
    Entry(
        "JY092",
        _W,
        "正文里的图片、音视频有 {count} 处，不排进打印件",
        "请在文件里写明见网站，或把图片列为附件",
    ),
    Entry("JY093", _E, "排版程序不接受这份文件：{reason}", "请先去掉正文里的表格和特殊写法再试"),
    # Attachments in search
    Entry(
        "JY075",
        _I,
        "附件里的文字没有全部读出来（{reason}），搜索时可能搜不到；下载不受影响",
        "请用原来的软件打开，另存一份换上",
    ),
    Entry(
        "JY076",
        _I,
        "附件加了密码或限制，其中的文字搜不到；下载不受影响",
        "如可公开，请另存一份不加密的换上",
    ),
    Entry(
        "JY077",
        _I,
        "PDF 里没有文字（多半是扫描的图片），搜不到，读屏软件也读不出",
        "请换成由原文导出的 PDF，或先做文字识别",
    ),
    Entry(
        "JY078",
        _I,
        "附件太长，只有前 {most} 万字可以搜到；下载不受影响",
        "如要全文可搜，请分成几个附件",
    ),
    # Settings
    Entry("JY063", _E, "设置文件读不懂：{reason}", "{advice}"),
    Entry("JY060", _E, "设置“{key}”：{reason}", "请改正 mkdocs.yml"),
    Entry(
        "JY062",
        _I,
        "没有设置 site_url，不生成订阅源和 sitemap.xml",
        "请在 mkdocs.yml 写明网站的网址，如 site_url: https://www.example.com/",
    ),
    Entry("JY061", _E, "内容目录“{folder}”不存在", "请新建该目录，或改正 mkdocs.yml 的 docs_dir"),
)

CATALOGUE: Mapping[str, Entry] = MappingProxyType({entry.code: entry for entry in _ENTRIES})

# What would break a message's line, move a terminal's cursor or not be written at all.
_NO_SIGN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def problem(code: str, path: str, line: int = 1, **facts: object) -> Problem:
    """The problem ``code`` at a line of a file, its texts filled with ``facts``."""
    entry = CATALOGUE[code]
    quoted = {n: _NO_SIGN.sub(" ", v) if isinstance(v, str) else v for n, v in facts.items()}
    told = {"line": line, "near": "", **quoted}
    return Problem(
        path,
        line,
        code,
        entry.severity,
        entry.message.format_map(told),
        entry.remedy.format_map(told),
    )
