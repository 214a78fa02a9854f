"""Word files to grids: the text of paragraphs as it is visible on the page."""

from __future__ import annotations

import pytest

from docx_builder import grids, p, tbl, tc, texts, tr, word
from perftarget.formats.docx.reader import read
from perftarget.formats.grid import full_text


def t(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(body: str, styles: str = "", numbering: str = "") -> list[str]:
    """Return the texts of the lines outside of tables."""
    return [text for (text,) in texts(read(word(body, styles, numbering)))]


def line(content: str, styles: str = "") -> str:
    """Return the text of a paragraph with this content."""
    (found,) = lines(f"<w:p>{content}</w:p>", styles) or [""]
    return found


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def sym(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def form(data: str, result: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    return begin + code(" FORM ") + field("separate") + result + field("end")


CHANGE = 'w:id="1" w:author="a"'
TRACKED = {
    "insertion": (f"<w:ins {CHANGE}>{t('乙')}</w:ins>", "乙"),
    "deletion": (f"<w:del {CHANGE}><w:r><w:delText>乙</w:delText></w:r></w:del>", ""),
    "deletion with text": (f"<w:del {CHANGE}>{t('乙')}</w:del>", ""),
    "moved away": (f'<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom {CHANGE}>{t("乙")}</w:moveFrom>', ""),
    "moved here": (f"<w:moveTo {CHANGE}>{t('乙')}</w:moveTo><w:moveToRangeEnd/>", "乙"),
    "inserted, then deleted": (f"<w:ins {CHANGE}><w:del {CHANGE}>{t('乙')}</w:del></w:ins>", ""),
    "format": (t("乙", f"<w:rPrChange {CHANGE}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), "乙"),
}
HIDDEN = {
    "run": (t("乙", "<w:vanish/>"), ""),
    "switched off": (t("乙", '<w:vanish w:val="0"/>'), "乙"),
    "special": (t("乙", "<w:specVanish/>"), ""),
    "character style": (t("乙", '<w:rStyle w:val="Secret"/>'), ""),
    "base of a style": (t("乙", '<w:rStyle w:val="Deeper"/>'), ""),
    "style overruled": (t("乙", '<w:rStyle w:val="Secret"/><w:vanish w:val="false"/>'), "乙"),
    "style that overrules": (t("乙", '<w:rStyle w:val="Open"/>'), "乙"),
    "circle of styles": (t("乙", '<w:rStyle w:val="Circle"/>'), "乙"),
}
INNER = field("begin") + code("PAGE") + field("separate") + t("丁") + field("end")
FIELDS = {
    "result": (field("begin") + code(" DATE ") + field("separate") + t("乙") + field("end"), "乙"),
    "no result": (field("begin") + code(" XE 丁 ") + field("end"), ""),
    "simple": (f'<w:fldSimple w:instr=" DATE ">{t("乙")}</w:fldSimple>', "乙"),
    "nested in code": (field("begin") + code("IF ") + INNER + field("separate") + t("乙") + field("end"), "乙"),
    "nested in result": (field("begin") + code("IF ") + field("separate") + t("乙") + INNER + field("end"), "乙丁"),
    "ring": (field("begin") + code(r" EQ \o\ac(○,") + code("11) ") + field("end"), "⑪"),
    "fraction": (field("begin") + code(r"EQ \f(1,2)") + field("end"), "1/2"),
    "heap": (field("begin") + code(r"EQ \o(\s\up 7(乙),\s\do 3(丁))") + field("end"), "乙丁"),
    "symbol": (field("begin") + code(r' SYMBOL 179 \f "Symbol" \s 12 ') + field("end"), "≥"),
    "drawn with result": (field("begin") + code(r"EQ \f(1,2)") + field("separate") + t("乙") + field("end"), "乙"),
    "never ended": (field("begin") + code(" PAGE ") + t("乙"), "乙"),
    "ended twice": (field("end") + field("separate") + t("乙"), "乙"),
    "hidden marks": (
        f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>{t("丁")}{field("end")}{t("乙")}',
        "乙",
    ),
    "text form": (form("<w:textInput/>", t("乙")), "乙"),
    "checked": (form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'), "☑"),
    "not checked": (form('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), "☐"),
    "checked by default": (form('<w:checkBox><w:default w:val="1"/></w:checkBox>'), "☑"),
    "list": (
        form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="丁"/><w:listEntry w:val="乙"/></w:ddList>'),
        "乙",
    ),
    "list with result": (form('<w:ddList><w:listEntry w:val="丁"/></w:ddList>', t("乙")), "乙"),
    "list out of range": (form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="丁"/></w:ddList>'), ""),
}
WRAPPED = {
    "hyperlink": (f'<w:hyperlink r:id="rId1">{t("乙")}</w:hyperlink>', "乙"),
    "smart tag": (f'<w:smartTag w:element="x"><w:smartTagPr/>{t("乙")}</w:smartTag>', "乙"),
    "custom XML": (f'<w:customXml w:element="x">{t("乙")}</w:customXml>', "乙"),
    "direction": (f'<w:dir w:val="ltr"><w:bdo w:val="ltr">{t("乙")}</w:bdo></w:dir>', "乙"),
    "unknown": (f"<v:new>{t('乙')}</v:new><w:r><v:newer><w:t>丁</w:t></v:newer></w:r>", "乙丁"),
    "choice": (
        f"<mc:AlternateContent><mc:Choice>{t('乙')}</mc:Choice><mc:Fallback>{t('丁')}</mc:Fallback></mc:AlternateContent>",
        "乙",
    ),
    "fallback in a run": (
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:x/></mc:Choice><mc:Fallback><w:t>乙</w:t></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        ),
        "乙",
    ),
    "control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{t('乙')}</w:sdtContent></w:sdt>", "乙"),
    "prompt": (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{t('乙')}</w:sdtContent></w:sdt>", ""),
    "prompt no more": (
        f'<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>{t("乙")}</w:sdtContent></w:sdt>',
        "乙",
    ),
    "checkbox": (
        (
            '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent>{t('☒')}</w:sdtContent></w:sdt>"
        ),
        "☒",
    ),
    "ruby": (
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yi</w:t></w:r></w:rt>"
            f"<w:rubyBase>{t('乙')}</w:rubyBase></w:ruby></w:r>"
        ),
        "乙",
    ),
    "equation": (
        (
            "<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r><m:f><m:fPr/><m:num><m:r><m:t>1</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>"
        ),
        "x1/2",
    ),
    "bookmark": ('<w:bookmarkStart w:id="0" w:name="b"/><w:proofErr w:type="x"/>' + t("乙"), "乙"),
}
CHARACTERS = {
    "soft hyphen": ("<w:r><w:t>乙</w:t><w:softHyphen/><w:t>丁</w:t></w:r>", "乙丁"),
    "soft hyphen as a character": (t("乙\u00ad丁"), "乙丁"),
    "soft hyphen as a symbol": (sym("宋体", "00AD"), ""),
    "soft hyphen in an equation": ("<m:oMath><m:r><m:t>1\u00ad2</m:t></m:r></m:oMath>", "12"),
    "not a soft hyphen in the font Symbol": (t("\u00ad", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "↑"),
    "no-break hyphen": ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r>", "1-2"),
    "no-break hyphen as a character": (t("1\u20112"), "1\u20112"),
    "tabs": ('<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t><w:ptab w:alignment="left"/><w:t>3</w:t></w:r>', "1 2 3"),
    "breaks": (
        '<w:r><w:t>1</w:t><w:br/><w:t>2</w:t><w:cr/><w:t>3</w:t><w:br w:type="textWrapping"/></w:r>',
        "1\n2\n3\n",
    ),
    "pages": ('<w:r><w:t>1</w:t><w:br w:type="page"/><w:t>2</w:t><w:br w:type="column"/><w:t>3</w:t></w:r>', "123"),
    "lines of the XML": (t("1\n2\t3"), "1 2 3"),
    "notes": (
        (
            '<w:r><w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/><w:commentReference w:id="1"/>'
            "<w:annotationRef/><w:lastRenderedPageBreak/></w:r>"
        ),
        "",
    ),
}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(*one, id=f"{kind}: {name}")
        for kind, cases in {
            "tracked": TRACKED,
            "hidden": HIDDEN,
            "field": FIELDS,
            "wrapped": WRAPPED,
            "character": CHARACTERS,
        }.items()
        for name, one in cases.items()
    ],
)
def test_a_paragraph_is_read_as_it_is_visible(content: str, expected: str) -> None:
    assert line(t("甲") + content + t("丙"), STYLES) == f"甲{expected}丙"


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Deeper"><w:basedOn w:val="Secret"/></w:style>
<w:style w:type="character" w:styleId="Open"><w:basedOn w:val="Secret"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Circle"><w:basedOn w:val="Circle"/></w:style>
<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Greek"><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:style>
"""


def styled(style: str, text: str, mark: str = "", more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}<w:rPr>{mark}</w:rPr></w:pPr>{t(text) if text else ""}</w:p>'


def test_an_unterminated_field_hides_nothing() -> None:
    assert lines(f"<w:p>{field('begin')}{code('PAGE')}{t('甲')}</w:p>{p('乙')}{p('丙')}") == ["甲", "乙", "丙"]
    toc = f"<w:p>{field('begin')}{code('TOC')}{field('separate')}{t('甲')}</w:p><w:p>{t('乙')}{field('end')}</w:p>"
    assert lines(toc + p("丙")) == ["甲", "乙", "丙"]


def test_a_paragraph_with_a_hidden_style_is_skipped() -> None:
    assert lines(p("甲") + styled("Gone", "乙") + p("丙"), STYLES) == ["甲", "丙"]
    assert lines(
        styled("Gone", "乙").replace("<w:rPr></w:rPr><w:t", '<w:rPr><w:vanish w:val="0"/></w:rPr><w:t'), STYLES
    ) == ["乙"]


@pytest.mark.parametrize("mark", [f"<w:del {CHANGE}/>", f"<w:moveFrom {CHANGE}/>", "<w:vanish/>"])
def test_a_paragraph_with_a_deleted_mark_continues_in_the_next(mark: str) -> None:
    first = styled("", "甲", mark)
    assert lines(first + p("乙") + p("丙")) == ["甲乙", "丙"]
    assert lines(first + tbl(tr("乙"))) == ["甲", "乙"]
    (grid,) = grids(tbl(tr(f"<w:tc>{first}{p('乙')}{p('丙')}{first}</w:tc>")))
    assert grid.cells[0].text == "甲乙\n丙\n甲"


def test_the_anchor_of_joined_paragraphs_is_where_the_text_begins() -> None:
    deleted = styled("", "", f"<w:del {CHANGE}/>")
    (grid,) = grids(deleted + p("甲"))
    assert grid.cells[0].anchor == "0.1"
    (grid,) = grids(styled("", "甲", f"<w:del {CHANGE}/>") + p("乙"))
    assert grid.cells[0].anchor == "0.0"


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    (grid,) = grids(tbl(tr(f"<w:tc>{p('')}{p(' 目标1 ')}{p('')}{p('目标2　')}{p('')}</w:tc>")))
    assert grid.cells[0].text == "目标1 \n\n目标2"


SYMBOLS = "≥ B3,≤ A3,× B4,± B1,÷ B8,≠ B9,≈ BB,→ AE,° B0,· D7,· B7,Ω 57,μ 6D,≡ BA,√ D6,∞ A5"


@pytest.mark.parametrize(("expected", "char"), [pair.split() for pair in SYMBOLS.split(",")])
def test_characters_of_the_symbol_font_become_unicode(expected: str, char: str) -> None:
    font = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    assert line(sym("Symbol", f"F0{char}") + t("95%")) == f"{expected}95%"
    assert line(sym("Symbol", char) + t("95%")) == f"{expected}95%"
    assert line(t(chr(0xF000 + int(char, 16)), font) + t("95%")) == f"{expected}95%"
    assert line(t(chr(int(char, 16)), font) + t("95%")) == f"{expected}95%"


@pytest.mark.parametrize(
    ("font", "char", "expected"),
    [
        *[
            ("Wingdings", "F0FE", "☑"),
            ("Wingdings", "00A8", "☐"),
            ("Wingdings", "F0FC", "✓"),
            ("Wingdings", "F0FB", "✗"),
        ],
        *[
            ("Wingdings", "F081", "①"),
            ("Wingdings", "F06F", "□"),
            ("Wingdings", "F0FD", "☒"),
            ("Wingdings", "F0E0", "→"),
        ],
        *[
            ("Wingdings 2", "F052", "☑"),
            ("Wingdings 2", "00A3", "☐"),
            ("Wingdings 2", "F054", "☒"),
            ("Wingdings 2", "F050", "✓"),
        ],
        *[("Wingdings 2", "F06A", "①"), ("宋体", "2611", "☑"), ("Webdings", "F061", "✓")],
        *[("Wingdings", "F0C3", "\uf0c3"), ("宋体", "F0FE", "\uf0fe")],  # unknown characters are kept
        *[
            ("Symbol", "D800", ""),
            ("Symbol", "", ""),
            ("Symbol", "FFFFFFFF", ""),
            ("Symbol", "0007", ""),
        ],  # no valid character
    ],
)
def test_characters_of_other_symbol_fonts_become_unicode(font: str, char: str, expected: str) -> None:
    assert line(t("甲") + sym(font, char)) == f"甲{expected}"


def test_a_symbol_font_applies_only_to_its_characters() -> None:
    assert line(t("甲m1", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:eastAsia="宋体"/>')) == "甲μ1"
    assert line(t("甲m", '<w:rFonts w:eastAsia="Symbol" w:cs="Symbol"/>')) == "甲m"
    assert line(t("m\u00b3", '<w:rFonts w:ascii="Arial" w:hAnsi="Symbol"/>')) == "m≥"
    assert line(t("\uf0b3", '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Symbol"/>')) == "≥"
    assert line(t("m", '<w:rStyle w:val="Greek"/>'), STYLES) == "μ"
    assert line(t("m", '<w:rStyle w:val="Greek"/><w:rFonts w:ascii="Arial"/>'), STYLES) == "m"


def box(content: str, place: str = "", name: str = "wp") -> str:
    """Return a run with a text box of DrawingML, placed by wp:inline, wp:anchor or nothing."""
    shape = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
    return f"<w:r><w:drawing>{f'<{name}:{place}>{shape}</{name}:{place}>' if place else shape}</w:drawing></w:r>"


def vml(content: str, style: str = "", group: str | None = None) -> str:
    """Return a run with a text box of VML, in a group if the style of one is given."""
    shape = f'<v:shape style="{style}"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape>'
    grouped = shape if group is None else f'<v:group style="{group}">{shape}</v:group>'
    return f"<w:r><w:pict>{grouped}</w:pict></w:r>"


def either(choice: str, fallback: str) -> str:
    """Return a run with two alternatives, of which Word reads the first."""
    both = f"<mc:Choice Requires='wps'>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
    return f"<mc:AlternateContent>{both}</mc:AlternateContent>"


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    both = either(box(p("框")), vml(p("框")))
    old = vml(p("旧") + tbl(tr("表")))
    assert lines(f"<w:p>{both}{t('甲')}{old}</w:p>{p('乙')}") == ["甲", "框", "旧", "表", "乙"]
    assert lines(f"<w:p>{old}</w:p>") == ["旧", "表"]
    (grid,) = grids(tbl(tr(f"<w:tc><w:p>{t('甲')}{both}{old}</w:p>{p('乙')}</w:tc>", "丙")))
    assert grid.cells[0].text == "甲\n框\n旧\n乙"
    assert full_text(grid.cells[0]) == "甲\n框\n旧\n乙\n表"
    assert grid.cells[0].nested[0].cells[0].label == "表1 第1行 第1列 内的表 第1行 第1列"
    assert lines(f"<w:p>{t('甲')}<w:del {CHANGE}>{old}</w:del></w:p>") == ["甲"]


ABSOLUTE = "position:absolute;left:0pt;margin-left:20pt;width:80pt"
IN_LINE = "width:80pt;mso-position-horizontal:absolute;mso-position-horizontal-relative:char"
STAMPS = {
    "anchor": (box(p("已审核"), "anchor"), True),
    "inline": (box(p("已审核"), "inline"), False),
    "anchor of a strict file": (box(p("已审核"), "anchor", "wpStrict"), True),
    "absolute": (vml(p("已审核"), ABSOLUTE), True),
    "absolute in other letters": (vml(p("已审核"), "Width:80pt; POSITION : Absolute "), True),
    "relative": (vml(p("已审核"), "position:relative;top:3pt"), True),
    "static": (vml(p("已审核"), "position:static"), False),
    "no style": (vml(p("已审核")), False),
    "other positions": (vml(p("已审核"), IN_LINE), False),
    "floating group": (vml(p("已审核"), "left:0", ABSOLUTE), True),
    "group in the text": (vml(p("已审核"), ABSOLUTE, IN_LINE), False),
    "alternatives": (either(box(p("已审核"), "anchor"), vml(p("已审核"), ABSOLUTE)), True),
    "alternatives in the text": (either(box(p("已审核"), "inline"), vml(p("已审核"), IN_LINE)), False),
    "floating only in the fallback": (either("<w:r/>", vml(p("已审核"), ABSOLUTE)), True),
    "floating in the text of another": (box(f"<w:p>{box(p('已审核'), 'anchor')}</w:p>", "inline"), True),
    "in the text of a floating one": (box(f"<w:p>{box(p('已审核'), 'inline')}</w:p>", "anchor"), True),
    "split": (box(p("已") + p("审核"), "anchor").replace("</w:p><w:p>", ""), True),
}


@pytest.mark.parametrize("name", STAMPS)
def test_a_floating_text_box_is_not_text_of_the_cell(name: str) -> None:
    stamp, floats = STAMPS[name]
    found = read(word(tbl(tr("项目名称", f"<w:tc><w:p>{stamp}{t('甲')}</w:p></w:tc>"))))
    assert texts(found) == [["项目名称", "甲" if floats else "甲\n已审核"]]
    note = "表1 第1行 第2列 上的浮动文本框“已审核”没有读取；需要的内容请写进单元格"
    assert found.notes == ((note,) if floats else ())


def test_a_floating_text_box_outside_of_tables_is_a_line_of_its_own() -> None:
    stamp = box(p("项目名称：甲") + p(""), "anchor")
    found = read(word(f"<w:p>{t('附')}{stamp}{t('件')}</w:p>{p('乙')}<w:p>{vml(p('标题'), ABSOLUTE)}</w:p>"))
    assert (texts(found), found.notes) == ([["附件"], ["项目名称：甲"], ["乙"], ["标题"]], ())


def test_a_floating_text_box_with_a_table_is_read_after_the_table() -> None:
    inner = box(p("附表") + tbl(tr("项目名称", "乙")), "anchor")
    rows = tr("项目名称", f"<w:tc><w:p>{t('甲')}{inner}</w:p></w:tc>"), tr("丙", "丁")
    found = read(word(tbl(*rows) + p("完")))
    assert texts(found) == [["项目名称", "甲", "丙", "丁"], ["附表"], ["项目名称", "乙"], ["完"]]
    assert found.notes == ()
    assert [grid.cells[0].label for grid in found.flows[0]] == [
        *["表1 第1行 第1列", "第1段", "表2 第1行 第1列"],
        "第2段",
    ]
    blank = box(p("已审核") + tbl(tr("", "")), "anchor")
    found = read(word(tbl(tr("项目名称", f"<w:tc><w:p>{blank}</w:p></w:tc>"))))
    assert (texts(found), len(found.notes)) == ([["项目名称", ""]], 1)


def test_blank_floating_text_boxes_are_not_noted() -> None:
    found = read(word(tbl(tr("甲", f"<w:tc><w:p>{t('乙')}{box(p(' '), 'anchor')}</w:p></w:tc>"))))
    assert (texts(found), found.notes) == ([["甲", "乙"]], ())


STRUCK_STYLES = """
<w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>
<w:style w:type="character" w:styleId="Twice"><w:rPr><w:dstrike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Unstruck"><w:basedOn w:val="Old"/><w:rPr><w:strike w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="OldLine"><w:rPr><w:dstrike/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "is_struck"),
    [
        ("<w:strike/>", True),
        ("<w:dstrike/>", True),
        ('<w:rStyle w:val="Old"/>', True),
        ('<w:rStyle w:val="Older"/>', True),
        ('<w:rStyle w:val="Old"/><w:strike w:val="0"/>', False),
        ('<w:strike w:val="false"/><w:dstrike w:val="false"/>', False),
        ('<w:strike w:val="0"/><w:dstrike/>', True),
        ('<w:dstrike/><w:strike w:val="off"/>', True),
        ('<w:rStyle w:val="Old"/><w:dstrike w:val="0"/>', True),
        ('<w:rStyle w:val="Twice"/><w:strike w:val="0"/>', True),
        ('<w:rStyle w:val="Twice"/><w:dstrike w:val="0"/>', False),
        ('<w:rStyle w:val="Unstruck"/>', False),
        ("<w:vanish/><w:strike/>", None),
    ],
)
def test_struck_out_text_is_dropped_with_a_note(properties: str, is_struck: bool | None) -> None:
    row = tr("金额", f"<w:tc><w:p>{t('100万元', properties)}{t('120万元')}</w:p></w:tc>")
    found = read(word(tbl(row), STRUCK_STYLES))
    assert texts(found) == [["金额", "100万元120万元" if is_struck is False else "120万元"]]
    note = "表1 第1行 第2列 的“100万元”画了删除线，没有读取；不是删去的请取消删除线"
    assert found.notes == ((note,) if is_struck else ())


def test_a_line_that_is_struck_out_leaves_nothing_but_a_note() -> None:
    strike = "<w:strike/>"
    first = f"<w:p>{t('旧目标', strike)}</w:p>"
    found = read(word(first + p("标题") + tbl(tr(f"<w:tc>{first}{p('新目标')}</w:tc>", "甲")), STRUCK_STYLES))
    assert texts(found) == [["标题"], ["新目标", "甲"]]
    assert [note.split("，")[0] for note in found.notes] == [
        "第1段 的“旧目标”画了删除线",
        "表1 第1行 第1列 的“旧目标”画了删除线",
    ]
    found = read(word(p("甲") + styled("OldLine", "乙" * 70) + p("丙"), STRUCK_STYLES))
    assert texts(found) == [["甲"], ["丙"]]
    assert [note.split("，")[0] for note in found.notes] == [f"第2段 的“{'乙' * 60}…”画了删除线"]
    assert read(word(first)).notes[0].startswith("开头之后 的“旧目标”")
    numbering = abstract(0, level(0, "%1.")) + num(1, 0)
    struck_item = item("乙").replace("<w:r><w:rPr>", "<w:r><w:rPr><w:strike/>")
    assert lines(item("甲") + struck_item + item("丙"), numbering=numbering) == ["1.甲", "2.丙"]


def test_each_cell_of_a_struck_out_row_is_noted() -> None:
    strike = "<w:strike/>"
    struck = tr(*(f"<w:tc><w:p>{t(text, strike)}</w:p></w:tc>" for text in ("旧指标", "90%")), tc(""))
    found = read(word(tbl(tr("指标", "目标值", "备注"), struck, tr("新指标", "95%", ""))))
    assert texts(found) == [["指标", "目标值", "备注", "", "", "", "新指标", "95%", ""]]
    assert [note.split("，")[0] for note in found.notes] == [
        "表1 第2行 第1列 的“旧指标”画了删除线",
        "表1 第2行 第2列 的“90%”画了删除线",
    ]


def test_struck_out_text_is_noted_once_if_the_file_has_alternatives() -> None:
    old = t("旧\u00ad值", "<w:strike/>")
    both = f"<mc:AlternateContent><mc:Choice>{old}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    found = read(word(f"<w:p>{t('甲')}{both}</w:p>"))
    assert (texts(found), len(found.notes)) == ([["甲"]], 1)
    assert found.notes[0].startswith("第1段 的“旧值”画了删除线")


def test_struck_out_blanks_and_tracked_deletions_are_not_noted() -> None:
    blank, deleted = t("  ", "<w:strike/>"), f"<w:del {CHANGE}>{t('乙', '<w:strike/>')}</w:del>"
    found = read(word(f"<w:p>{t('甲')}{blank}{deleted}{t('丙')}</w:p>"))
    assert (texts(found), found.notes) == ([["甲丙"]], ())


def level(depth: int, text: str, style: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def item(text: str, number: int = 1, depth: int = 0, mark: str = "") -> str:
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}<w:rPr>{mark}</w:rPr></w:pPr>{t(text) if text else ''}</w:p>"


def test_list_numbers_are_read() -> None:
    numbering = abstract(0, level(0, "目标%1：")) + num(1, 0)
    assert lines(item("甲") + p("乙") + item("丙") + item(""), numbering=numbering) == [
        "目标1：甲",
        "乙",
        "目标2：丙",
        "目标3：",
    ]
    (grid,) = read(word(tbl(tr(f"<w:tc>{item('甲')}{item('乙')}</w:tc>", tc("丙"))), numbering=numbering)).flows[0]
    assert grid.cells[0].text == "目标1：甲\n目标2：乙"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("decimal", "1.2.10.21"),
        ("decimalZero", "01.02.10.21"),
        ("chineseCounting", "一.二.十.二十一"),
        ("chineseCountingThousand", "一.二.十.二十一"),
        ("japaneseCounting", "一.二.十.二十一"),
        ("ideographDigital", "一.二.一〇.二一"),
        ("chineseLegalSimplified", "壹.贰.壹拾.贰拾壹"),
        ("decimalFullWidth", "１.２.１０.２１"),
        ("decimalEnclosedCircle", "①.②.⑩.21"),
        ("decimalEnclosedCircleChinese", "①.②.⑩.21"),
        ("lowerLetter", "a.b.j.u"),
        ("upperLetter", "A.B.J.U"),
        ("lowerRoman", "i.ii.x.xxi"),
        ("upperRoman", "I.II.X.XXI"),
        ("ideographTraditional", "甲.乙.癸.21"),
        ("somethingNew", "1.2.10.21"),
        ("none", "..."),
    ],
)
def test_list_numbers_have_their_format(style: str, expected: str) -> None:
    starts = (1, 2, 10, 21)
    levels = [
        level(depth, "%1.%2.%3.%4", style, '<w:suff w:val="nothing"/>').replace(
            'start w:val="1"', f'start w:val="{start}"'
        )
        for depth, start in enumerate(starts)
    ]
    assert lines(item("）", depth=3), numbering=abstract(0, *levels) + num(1, 0)) == [f"{expected}）"]


@pytest.mark.parametrize(
    ("count", "expected"), [(27, "AA"), (105, "一百零五"), (110, "一百一十"), (1005, "一千零五"), (10000, "10000")]
)
def test_large_list_numbers_are_written_out(count: int, expected: str) -> None:
    style = "upperLetter" if expected.isascii() else "chineseCountingThousand"
    numbering = abstract(0, level(0, "%1、", style).replace('start w:val="1"', f'start w:val="{count}"')) + num(1, 0)
    assert lines(item("甲"), numbering=numbering) == [f"{expected}、甲"]


def test_list_levels_count_separately_and_restart() -> None:
    numbering = abstract(
        0, level(0, "%1.", "upperRoman"), level(1, "%1.%2"), level(2, "%1.%2", more="<w:isLgl/>")
    ) + num(1, 0)
    body = "".join(item("x", depth=depth) for depth in (0, 1, 1, 0, 1, 2))
    assert lines(body, numbering=numbering) == ["I.x", "I.1 x", "I.2 x", "II.x", "II.1 x", "2.1 x"]


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        *[("%1.", "", "1.甲"), ("（%1）", "tab", "（1）甲"), ("%1.", "space", "1. 甲"), ("%1", "", "1 甲")],
        *[("%1", "nothing", "1甲"), ("", "space", "甲")],
    ],
)
def test_a_list_number_is_separated_from_the_text(text: str, suffix: str, expected: str) -> None:
    more = f'<w:suff w:val="{suffix}"/>' if suffix else ""
    assert lines(item("甲"), numbering=abstract(0, level(0, text, more=more)) + num(1, 0)) == [expected]


def test_lists_with_a_shared_definition_continue_unless_restarted() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "(%1)")}</w:lvlOverride>'
    numbering = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, anew) + num(4, 0, other)
    body = "".join(item("x", number) for number in (1, 2, 3, 3, 4))
    assert lines(body, numbering=numbering) == ["1.x", "2.x", "5.x", "6.x", "(7)x"]


def test_list_numbers_are_inherited_from_styles_and_links() -> None:
    styles = """
    <w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>
    """
    styles += '<w:style w:type="paragraph" w:default="1" w:styleId="C"><w:basedOn w:val="A"/></w:style>'
    linked = abstract(1, more='<w:numStyleLink w:val="L"/>') + abstract(
        2, level(0, "%1、"), level(1, "%1.%2)"), more='<w:styleLink w:val="L"/>'
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    deeper = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    body = styled("B", "甲") + styled("B", "乙", more=off) + styled("A", "丙", more=deeper) + p("丁")
    assert lines(body, styles, linked + num(1, 1)) == ["1、甲", "乙", "1.1)丙", "2、丁"]


def test_a_bullet_is_not_a_number() -> None:
    numbering = abstract(0, level(0, "\uf06c", "bullet"), level(1, "%1%2）")) + num(1, 0)
    assert lines(item("甲") + item("乙", depth=1), numbering=numbering) == ["甲", "1）乙"]


def test_deleted_and_hidden_items_are_not_counted() -> None:
    numbering = abstract(0, level(0, "%1.")) + num(1, 0)
    gone, hidden = f"<w:del {CHANGE}/>", "<w:vanish/>"
    row = tr(f"<w:tc>{item('删')}</w:tc>", properties=f"<w:del {CHANGE}/>")
    body = item("甲") + item("", mark=gone) + item("", mark=hidden) + tbl(row) + item("乙", mark=gone) + item("丙")
    assert lines(body, numbering=numbering) == ["1.甲", "2.乙丙"]
