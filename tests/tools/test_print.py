"""Plans printed with real fonts and Typst, and the PDF measured."""

from __future__ import annotations

import functools
import io
import shutil
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from msgspec.structs import replace

from site_plugins.build.printing import Draft, Printed, plan_print, print_document
from site_plugins.domain.settings import Settings
from site_plugins.outputs.print.faces import Face
from site_plugins.outputs.print.gb9704 import OWN_CHARACTERS, gb9704
from site_plugins.reading.plans.file import read_plan_file
from site_plugins.tools.markdown_converter import MarkdownConverter
from site_plugins.tools.print_fonts import PACKAGES, FontShelf, PrintCase, shelf
from site_plugins.tools.print_shop import TypstShop
from tests.tools.measured_pdf import (
    CHARACTER,
    LEFT,
    PITCH,
    TOP,
    Measured,
    PrintedLine,
    measure,
)

ROOT = Path(__file__).resolve().parents[2]
HAN = "建言资政凝聚共识协商民主团结合作履职为民"
RIGHT = LEFT + 156


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def settings(cache: Path) -> Settings:
    """A site beside the repository's node_modules/, whose fonts are used."""
    for package, _ in PACKAGES:
        if not (ROOT / "node_modules" / package).is_dir():
            pytest.skip(f"node_modules has no {package}: npm ci --omit=dev --ignore-scripts")
    return site(str(ROOT), str(cache))


def draft(text: str, settings: Settings, number: str = "") -> Draft:
    read = read_plan_file(text.encode(), "content/plans/2023/index.md")
    assert read.file is not None
    convert = MarkdownConverter().convert
    made = plan_print(read.file, "content/plans/2023/index.md", text, convert, settings, number)
    assert isinstance(made, Draft)
    return made


def printed(text: str, settings: Settings, number: str = "") -> Printed:
    shop = shop_of(settings.root, settings.cache)
    return print_document(draft(text, settings, number), gb9704, OWN_CHARACTERS, shop)


@functools.cache
def shop_of(root: str, cache: str) -> TypstShop:
    """The shop of a site; opening its fonts takes longer than a print."""
    return TypstShop(site(root, cache), system=False)


def site(root: str, cache: str) -> Settings:
    return Settings(
        root=root,
        config="mkdocs.yml",
        content="content",
        content_name="content/",
        output="site",
        cache=cache,
        name="示例市政协",
    )


def measured(text: str, settings: Settings, number: str = "") -> Measured:
    pdf = printed(text, settings, number).pdf
    assert pdf is not None
    return measure(pdf)


def plan(text: str, *more: str) -> str:
    head = ["title: 政协示例市委员会2023年工作要点", "year: 2023", "date: 2023-02-20", *more]
    return "\n".join(["---", *head, "---", text])


@pytest.fixture(scope="module")
def sample(settings: Settings) -> Measured:
    """The plan of the sample site."""
    return measured((ROOT / "content/plans/2022/index.md").read_text(encoding="utf-8"), settings)


@pytest.fixture(scope="module")
def han(settings: Settings) -> Measured:
    """A paragraph of Chinese characters alone, four pages long."""
    return measured(plan(HAN * 110), settings)


# --- paper and grid ----------------------------------------------------------------------


def test_the_paper_is_a4(sample: Measured) -> None:
    for page in sample.pages:
        assert (page.width, page.height) == pytest.approx((210, 297), abs=0.01)


def test_full_lines_of_han_have_28_characters_from_edge_to_edge(han: Measured) -> None:
    page = han.pages[1]
    assert len(page.lines) == 22
    for line in page.lines:
        assert len(line.text) == 28
        assert line.left == pytest.approx(LEFT, abs=0.01)
        assert line.right == pytest.approx(RIGHT, abs=0.01)
        for column, glyph in enumerate(line.glyphs):
            assert glyph.left == pytest.approx(LEFT + column * CHARACTER, abs=0.01)


def test_22_lines_fill_the_type_area_from_top_to_bottom(han: Measured) -> None:
    baselines = [line.glyphs[0].baseline for line in han.pages[1].lines]
    steps = [below - above for above, below in pairwise(baselines)]
    assert steps == pytest.approx([PITCH] * 21, abs=0.01)
    assert pytest.approx(10.449, abs=0.001) == PITCH
    assert baselines[0] - 0.88 * CHARACTER == pytest.approx(TOP, abs=0.01)
    assert baselines[-1] + 0.12 * CHARACTER == pytest.approx(TOP + 225, abs=0.01)


def test_every_line_of_the_sample_stands_on_the_grid(sample: Measured) -> None:
    for page in sample.pages:
        for line in page.lines:
            if line.glyphs[0].size < 20:  # the title is larger and stands on the same lines
                assert line.row == pytest.approx(round(line.row), abs=0.01), line.text
            assert line.left >= LEFT - 0.01
            assert line.right <= RIGHT + 0.01
    assert [len(page.lines) for page in sample.pages[1:-1]] == [22] * (len(sample.pages) - 2)


def test_lines_of_the_sample_are_full(sample: Measured) -> None:
    """A line that ends earlier ends its paragraph."""
    lines = [line for page in sample.pages for line in page.lines if line.glyphs[0].size < 20]
    for line, below in pairwise(lines):
        ends = below.left > LEFT + CHARACTER or "（2022年2月18日" in line.text
        assert ends or line.right == pytest.approx(RIGHT, abs=0.05), line.text
    body = [len(line.text) for line in lines if line.right > RIGHT - 0.05 and line.left < LEFT + 1]
    assert sum(count >= 27 for count in body) > 0.85 * len(body)


def test_marks_and_figures_stay_on_the_grid(settings: Settings) -> None:
    """Two marks in a row are not drawn together, and a mark at the edge is not cut in half."""
    text = "（一）”，“《五个”。》、2022年召开14次" + HAN
    [line, *_] = measured(plan(text), settings).pages[0].lines[1:]
    places: dict[str, float] = {}
    for glyph in line.glyphs:
        places.setdefault(glyph.text, round((glyph.left - LEFT) / CHARACTER, 1))
    assert line.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.01)
    assert [places[c] for c in "）”，《五年召"] == [4, 5, 6, 8, 9, 17, 18]


# --- title, levels, page numbers ---------------------------------------------------------


def test_the_title_is_large_centred_and_on_the_third_line(sample: Measured) -> None:
    title = sample.pages[0].lines[0]
    assert title.text == "政协示例市委员会2022年工作要点"
    assert {round(glyph.size) for glyph in title.glyphs} == {22}
    assert title.row == pytest.approx(2, abs=0.15)
    assert title.left - LEFT == pytest.approx(RIGHT - title.right, abs=0.1)


def line_with(measured: Measured, words: str) -> PrintedLine:
    return next(line for page in measured.pages for line in page.lines if words in line.text)


def test_levels_have_their_faces(sample: Measured) -> None:
    part = line_with(sample, "一、加强理论学习")
    assert {glyph.font for glyph in part.glyphs} == {"NotoSansSC-Bold"}
    assert part.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.01)
    clause = line_with(sample, "（一）持续强化理论武装。坚持")
    fonts = [glyph.font for glyph in clause.glyphs]
    assert set(fonts[:12]) == {"LXGWWenKai-Regular"}
    assert set(fonts[12:]) == {"NotoSerifSC-Regular"}


def test_page_numbers_stand_outside_between_dashes(sample: Measured) -> None:
    one = 14 / 72 * 25.4  # 四号
    for number, page in enumerate(sample.pages, 1):
        foot = page.foot
        assert foot.text == f"— {number} —"
        assert {round(glyph.size) for glyph in foot.glyphs} == {14}
        # The dashes lie 7 mm below the type area: about 0.3 em above the baseline.
        assert foot.glyphs[0].baseline - 0.35 * one == pytest.approx(TOP + 225 + 7, abs=0.6)
        if number % 2:
            assert RIGHT - foot.right == pytest.approx(one, abs=0.4)
        else:
            assert foot.left - LEFT == pytest.approx(one, abs=0.4)


# --- red head, attachments, signature ----------------------------------------------------

SIGNED = """\
一、加强学习
（一）理论武装。坚持学习。

附件：1.2023年市政协双月协商座谈会题目和承办单位安排表及各专委会分工
2.监督计划

政协示例市委员会办公室
2023年2月20日

附件1

协商题目

第一个题目。
"""


def test_who_signs_stands_two_characters_from_the_edge(settings: Settings) -> None:
    [first, *_] = measured(plan(SIGNED), settings).pages
    signer, date = first.lines[-2:]
    assert signer.text == "政协示例市委员会办公室"
    assert pytest.approx(2 * CHARACTER, abs=0.1) == RIGHT - signer.right
    assert date.text == "2023年2月20日"
    assert date.left - signer.left == pytest.approx(2 * CHARACTER, abs=0.3)


def test_a_date_longer_than_who_signs_moves_the_name_to_the_left(settings: Settings) -> None:
    text = "一、加强学习\n\n市政协\n2023年12月20日\n"
    signer, date = measured(plan(text), settings).pages[0].lines[-2:]
    assert pytest.approx(2 * CHARACTER, abs=0.1) == RIGHT - date.right
    assert date.left - signer.left == pytest.approx(2 * CHARACTER, abs=0.3)


def test_who_signs_is_never_alone_on_a_page(settings: Settings) -> None:
    for lines in range(10, 15):
        text = HAN[:10] + "政" * (28 * lines) + "\n\n一、学习\n" + "言" * 80
        pages = measured(plan(text + "\n\n市政协办公室\n2023年2月20日\n"), settings).pages
        last = [line.text for line in pages[-1].lines]
        assert last[-2:] == ["市政协办公室", "2023年2月20日"]
        assert len(last) > 2
        assert "言" in last[-3]


def test_attachments_are_listed_and_begin_pages_of_their_own(settings: Settings) -> None:
    first, second = measured(plan(SIGNED), settings).pages
    named = line_with(Measured((first,), {}, {}, [], {}, ""), "附件：1.")
    index = first.lines.index(named)
    hanging, other = first.lines[index + 1 : index + 3]
    figure = next(glyph for glyph in named.glyphs if glyph.text == "2")
    assert hanging.left == pytest.approx(figure.left, abs=0.5)
    assert other.text.startswith("2. 监督计划")
    label, title, body = second.lines
    assert label.text == "附件1"
    assert label.left == pytest.approx(LEFT, abs=0.01)
    assert {glyph.font for glyph in label.glyphs} == {"NotoSansSC-Bold"}
    assert title.row == pytest.approx(2, abs=0.15)
    assert body.text == "第一个题目。"


def red_lines(pdf: bytes) -> int:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        drawn = [*page.lines, *page.rects, *page.curves]
        return sum(abs(line["x1"] - line["x0"]) > 400 for line in drawn)


def test_a_red_head_only_where_the_site_sets_it(settings: Settings) -> None:
    text = plan("一、加强学习")
    plain = printed(text, settings).pdf
    headed = printed(text, replace(settings, red_head="政协示例市委员会文件"), "〔2023〕3号").pdf
    assert plain is not None
    assert headed is not None
    assert (red_lines(plain), red_lines(headed)) == (0, 1)
    [page] = measure(headed).pages
    name, number, title = page.lines[:3]
    assert name.text == "政协示例市委员会文件"
    assert number.text == "〔2023〕3号"
    assert title.row == pytest.approx(10, abs=0.15)
    assert "〔2023〕3号" not in measure(plain).text


# --- the file ----------------------------------------------------------------------------


def test_the_same_text_gives_the_same_bytes(settings: Settings, tmp_path: Path) -> None:
    text = plan(SIGNED)
    elsewhere = replace(settings, cache=str(tmp_path / "cache"))
    assert printed(text, settings).pdf == printed(text, elsewhere).pdf


def test_the_file_is_tagged_and_says_what_it_is(sample: Measured) -> None:
    assert sample.metadata["Title"] == "政协示例市委员会2022年工作要点"
    assert sample.metadata["Author"] == "政协示例市委员会"
    assert not {"CreationDate", "ModDate"} & set(sample.metadata)
    assert sample.catalog["Lang"] == b"zh-CN"
    assert sample.catalog["MarkInfo"]["Marked"] is True
    assert sample.catalog["ViewerPreferences"]["DisplayDocTitle"] is True
    assert (sample.tagged("H1"), sample.tagged("H2")) == (1, 6)
    assert sample.tagged("P") > 30


def test_it_declares_pdf_ua_1_and_no_time(settings: Settings) -> None:
    pdf = printed(plan("一、加强学习"), settings).pdf
    assert pdf is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"CreateDate" not in pdf
    assert b"ModifyDate" not in pdf


def test_a_table_is_tagged_with_its_head(settings: Settings) -> None:
    text = "一、学习\n\n| 序号 | 议题 |\n|---|---|\n| 1 | 小区 |\n| 2 | 公园 |\n"
    made = measured(plan(text), settings)
    assert (made.tagged("Table"), made.tagged("TH"), made.tagged("TD")) == (1, 2, 4)


def test_all_fonts_are_embedded(sample: Measured) -> None:
    assert len(sample.embedded) == 4
    assert all(sample.embedded.values())


def test_hostile_words_are_printed_as_they_are(settings: Settings) -> None:
    hostile = r'言 #panic("x") $a$ @ref // c /* d */ #eval("1") "\u{41}" ] ) ~ 言'
    made = measured(
        plan("一、学习\n\n" + hostile.replace("*", r"\*"), f"body: '{hostile}'"), settings
    )
    shown = made.text.replace("\n", " ")
    for words in ('#panic("x")', "$a$", "@ref", "/* d */", '#eval("1")', r'"\u{41}"'):
        assert words.replace(" ", "") in shown.replace(" ", ""), words


# --- fonts -------------------------------------------------------------------------------


def told(problems: object) -> list[tuple[str, int]]:
    return [(p.code, p.line) for p in problems]  # type: ignore[attr-defined]


def test_a_missing_face_is_told_once_with_what_is_used_instead(settings: Settings) -> None:
    problems = printed(plan("一、学习"), settings).problems
    assert told(problems) == [("JY088", 1), ("JY088", 1)]
    title, text = sorted(problem.message for problem in problems)
    assert title == "没有找到仿宋，用 Noto Serif SC（字重 400）代替"
    assert text == "没有找到小标宋，用 Noto Serif SC（字重 900）代替"


def test_a_character_that_no_font_has_is_told_with_every_line(settings: Settings) -> None:
    made = printed(plan("一、学习\n\n写\ue000的人。\n\n又是\ue000。"), settings)
    assert made.pdf is None
    assert [p for p in told(made.problems) if p[0] == "JY089"] == [("JY089", 8), ("JY089", 10)]
    assert "U+E000" in made.problems[-1].message


def test_a_character_of_another_font_is_no_fault(settings: Settings) -> None:
    """𫖮 is in one of the fonts only, and not in that of the text."""
    shop = TypstShop(settings, system=False)
    case = shop.case("建𫖮")
    assert case is not None
    assert case.missing == ()
    assert case.advance(Face.FANG, "𫖮") is not None


def test_without_any_chinese_font_nothing_is_printed(settings: Settings, tmp_path: Path) -> None:
    elsewhere = replace(settings, root=str(tmp_path))
    shop = TypstShop(elsewhere, system=False, packages=False)
    made = print_document(draft(plan("一、学习"), elsewhere), gb9704, OWN_CHARACTERS, shop)
    assert made.pdf is None
    assert told(made.problems) == [("JY090", 1)]
    assert "npm install @expo-google-fonts/noto-serif-sc" in made.problems[0].remedy


def test_fonts_of_the_site_come_first(settings: Settings, tmp_path: Path) -> None:
    kai = ROOT / "node_modules/@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff"
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy(kai, fonts / "仿宋_GB2312.woff")
    case = TypstShop(replace(settings, root=str(tmp_path)), system=False).case("建言")
    assert case is not None
    assert case.chosen[Face.FANG].font.origin == str(fonts / "仿宋_GB2312.woff")
    assert set(case.substitutes) == {Face.TITLE}


def test_unusable_files_are_told(settings: Settings, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "a.woff2").write_bytes(b"wOF2")
    (fonts / "b.ttf").write_bytes(b"not a font")
    (fonts / "c.woff").write_bytes(b"wOFF nor this")
    shop = TypstShop(replace(settings, root=str(tmp_path)), system=False)
    assert [path for path, _ in shop.unusable] == ["fonts/a.woff2", "fonts/c.woff", "fonts/b.ttf"]


def test_packed_fonts_are_unpacked_once(settings: Settings, cache: Path) -> None:
    shelf(ROOT, cache / "fonts", system=False)
    [unpacked] = (cache / "fonts").glob("*.ttf")
    written = unpacked.stat().st_mtime_ns
    shelf(ROOT, cache / "fonts", system=False)
    assert unpacked.stat().st_mtime_ns == written
    assert not list((cache / "fonts").glob("*.part"))


def test_a_face_needs_the_character_in_a_font_that_it_is_set_in(
    settings: Settings, tmp_path: Path
) -> None:
    """Two weights of a family need not have the same characters."""
    shelf_of_two = shelf(ROOT, Path(settings.cache) / "fonts", system=False)
    places = [
        [font for font in place if font.family == "Noto Serif SC"] for place in shelf_of_two.places
    ]
    heavy = next(font for place in places for font in place if font.weight == 900)
    light = next(font for place in places for font in place if font.weight == 400)
    two = FontShelf([[heavy, light]])
    del two.tables(light)._widths[ord("𫖮")]
    assert PrintCase(two, "建𫖮").missing == ("𫖮",)
