"""Markdown that uses everything editors may write, and the HTML that the extensions make of it."""

from __future__ import annotations

from functools import cache

import markdown

EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
)
OPTIONS: dict[str, dict[str, object]] = {
    "tables": {"use_align_attribute": True},
    "footnotes": {"BACKLINK_TITLE": "回到正文第{}处"},
    "pymdownx.highlight": {"auto_title": False},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}

PLAIN = """\
清晨六点半，迎澜桥上的第一拨人是去早市的。桥面石板中间磨出两道浅槽，挑担的、推车的、骑车的各走各的，走了三百多年。市政协2022年第三次双月协商座谈会，3月18日就开在桥头的茶馆里。二十六位委员、工匠、沿河居民和部门负责人围坐三桌，只议一件事：老桥怎么修。

示例河上现存石拱桥七座。此前四个月，文化文史和学习委员会逐桥踏勘，测裂缝、数缺石，也记下每座桥一天里走过多少人、什么时候最挤。

## 定原则：能补不换，能慢不急

先议原则。做了四十年石活的老师傅主张“能补不换，能慢不急”：旧石有裂，先灌浆、再打箍，实在撑不住的才换，换下来的旧石编号留存。

> 桥是走出来的，修桥的时候，也别让人绕得太远。
>
> ——一位在桥头卖了三十年早点的居民

## 保通行：半幅施工，早晚让行

争得最久的是通行。早市的摊主担心一封桥就是半年，绕行要多走1.4公里。听完以后，施工方案改成半幅施工，早晚高峰让行。
"""

RICH = """\
<figure markdown="span">
![插图：河上的石拱桥](picture-1.svg){ width="800" height="450" }
<figcaption>迎澜桥，三孔石拱，现存最早的修桥碑记立于1684年。（插图：本站）</figcaption>
</figure>

{plain}

## 三级以下的标题

### 第一步：测量

每座桥先建档[^1]，再定方案。CPPCC的委员说：==先量后修==，别急着动手；详见[测量记录](#)。

#### 甲、要记的内容

##### 附注

- 桥面与桥台：
    - 裂缝的长、宽、深
    - 缺石的块数
        - 其中望柱的块数
- 通行的人数，早、中、晚各记一次，每次一刻钟，记录人签名；雨天另记积水的深浅和退水的时间，以备比较。

做法分三步：

1. 编号
2. 拍照
    1. 上游一侧
    2. 下游一侧
3. 归档

目前的进度：

- [x] 七座桥全部建档
- [ ] 向社会开放查询

桥档
:   一桥一档，记录桥的来历、尺寸、病害和每次修缮。

看桥人
:   由沿线街道聘任的巡查人员，汛期每日一巡。

| 桥名 | 跨数 | 长（米） | 建造年代 | 病害 | 处理意见 | 完成时间 |
|---|---:|---:|---|---|---|---|
| 迎澜桥 | 3 | 42.6 | 1684年重修 | 拱脚淘空、望柱缺失 | 灌浆加固，补配望柱 | 2022年9月 |
| 梧桐桥 | 1 | 18.2 | 1792年 | 桥面沉降 | 重铺桥面，保留旧石 | 2022年11月 |
| 拾光桥 | 1 | 15.0 | 年代不详 | 植物根系侵入 | 清根，勾缝 | 2023年4月 |

| 项目 | 数 |
|---|---:|
| 桥 | 7 |

!!! note "说明"
    表中长度为两岸桥台外缘的距离。

    第二段说明。

!!! tip "小提示"
    汛期请绕行。

!!! warning "注意"
    施工期间桥面限重。

!!! danger "危险"
    禁止攀爬望柱。

!!! question "问题"
    谁来看桥？

!!! example "例子"
    一桥一档的样张。

!!! quote "引文"
    三年一勾缝。

??? info "展开：测量用的工具"
    钢尺、水准仪、裂缝测宽仪。

=== "上游"

    上游一侧有望柱十二根。

=== "下游"

    下游一侧有望柱十一根。

=== "桥下"

    桥下净空2.1米。

```python
# 桥档的样张
def 修缮(桥名: str, 年: int = 2022) -> dict:
    return {"桥": 桥名, "年": 年, "完成": None, "说明": "行很长的时候，只在这一块里滚动"}
```

行内代码 `plans/2022#2-2` 与键 <kbd>Ctrl</kbd>；注脚可以有第二条[^2]。

*[CPPCC]: 中国人民政治协商会议

[^1]: 见《示例文史》第48辑，第33页。
[^2]: 本文人物、地名均为虚构。
"""


@cache
def html(text: str) -> str:
    """The HTML of a text with the extensions that the theme must know.

    The boxes of a task list get the names that a screen reader needs, as the build gives them.
    """
    converter = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=OPTIONS)
    return (
        converter.convert(text)
        .replace(
            '<input type="checkbox" disabled checked/>',
            '<input type="checkbox" disabled checked aria-label="已完成"/>',
        )
        .replace(
            '<input type="checkbox" disabled/>',
            '<input type="checkbox" disabled aria-label="未完成"/>',
        )
    )


def plain_html() -> str:
    """A short news text: paragraphs, headings, a quotation."""
    return html(PLAIN)


def rich_html() -> str:
    """A text with every Markdown construct that the handbook teaches."""
    return html(RICH.replace("{plain}", PLAIN)).replace("picture-1.svg", "../../pictures/1.svg")
