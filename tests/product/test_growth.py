"""Processing time grows linearly with the size of a file, in every reader, every rule and every value.

Only the growth is asserted, not the time: if a text that is doubled four times takes far more than sixteen times as
long, in several measurements, the growth is not linear.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from time import process_time

import pytest

from docx_builder import p, tbl, tc, word
from docx_builder import tr as row_of
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.linter.rule import rules
from perftarget.tables.document import Document
from perftarget.tables.reader import parse_documents
from perftarget.values.parser import parse as parse_value
from xlsx_builder import rows, workbook

PROFILE = load_profile(DEFAULT)
DOUBLINGS = 4
BOUND = 3 * 2**DOUBLINGS
NEGLIGIBLE = 0.02  # seconds of processor time; a shorter time at the largest size is mostly noise

PIECES = [
    *(
        "率",
        "（",
        "“",
        "1",
        "、",
        "提高",
        "和",
        "的",
        "用于",
        "确保资金",
        "95%",
        "≥",
        "a ",
        "  ",
        "，",
        "。",
        "目标1：",
        "元/",
        "第",
    ),
    *(
        "2025年",
        "及",
        "（人）",
        "补贴",
        "费、",
        "1、",
        "万",
        "%、",
        "人数",
        "及时",
        "至",
        "—",
        "不低于",
        "12月31日",
        "每",
        "\u200b",
        "( ",
        "《",
    ),
]


@pytest.fixture(autouse=True)
def no_collection() -> Iterator[None]:
    """Disable garbage collection, as the command line does, because it traverses all objects repeatedly."""
    gc.disable()
    yield
    gc.enable()


def table(rows: int = 1, name: str = "补贴准确率", value: str = "≥95%", goal: str = "完成培训50人") -> bytes:
    tiers = ("11-数量指标", "12-质量指标", "13-时效指标", "14-成本指标", "22-社会效益", "31-服务对象满意度")
    # A list, because a YAML key has a thousand characters at most.
    body = "".join(
        f"  {tier}:\n" + "".join(f'    - {{指标: "{name}{number}", 值: "{value}"}}\n' for number in range(rows))
        for tier in tiers
    )
    head = "项目名称: 甲乙丙丁补贴\n项目年度金额: 12 万元\n项目期限: 2025年\n年度总体绩效目标:\n"
    return f'{head}  - "{goal}"\n绩效指标:\n{body}'.encode()


def duration(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def assert_linear(small: Callable[[], object], large: Callable[[], object], what: str) -> None:
    """Measure up to four times, because other processes may disturb a measurement."""
    for _ in range(4):
        least, most = duration(small), duration(large)
        if most < NEGLIGIBLE or most < BOUND * least:
            return
    pytest.fail(f"{what}: {least * 1000:.1f} ms, {2**DOUBLINGS} times as large {most * 1000:.1f} ms")


def checks_of(data: bytes) -> dict[str, Callable[[], object]]:
    """Return the check of each rule on this table."""
    (document,) = parse_documents("a.yaml", data, PROFILE)
    assert document.table
    subjects: dict[str, Document | object] = {"document": document, "table": document.table}
    found: dict[str, Callable[[], object]] = {}
    for name, rule in rules().items():
        if subject := subjects.get(rule.subject):
            found[name] = lambda rule=rule, subject=subject: list(rule.check(subject, PROFILE))
        elif rule.gather:
            found[name] = lambda gather=rule.gather: list(gather(document.table, PROFILE))
    return found


@pytest.mark.parametrize("cell", ["name", "value", "goal"])
def test_rules_are_linear_in_the_length_of_texts(cell: str) -> None:
    for piece in PIECES:
        small, large = (
            checks_of(table(**{cell: piece * (size // len(piece))})) for size in (2500, 2500 * 2**DOUBLINGS)
        )
        for name in small:
            assert_linear(small[name], large[name], f"{name}, {cell} of “{piece}”")


def test_rules_are_linear_in_the_number_of_rows() -> None:
    small, large = checks_of(table(rows=15)), checks_of(table(rows=15 * 2**DOUBLINGS))
    for name in small:
        assert_linear(small[name], large[name], f"{name}, many rows")


def test_values_are_parsed_in_linear_time() -> None:
    for piece in PIECES:
        small, large = (piece * size for size in (1000, 1000 * 2**DOUBLINGS))
        assert_linear(lambda text=small: parse_value(text + "元"), lambda text=large: parse_value(text + "元"), piece)


READERS: dict[str, tuple[str, int, Callable[[int], bytes]]] = {
    "yaml, rows": ("a.yaml", 60, lambda size: table(rows=size)),
    "yaml, a long text": ("a.yaml", 4000, lambda size: table(goal="甲" * size)),
    "yaml, a text of many lines": ("a.yaml", 2000, lambda size: ("项目名称: |\n" + "  甲\n" * size).encode()),
    "yaml, comments": ("a.yaml", 2000, lambda size: ("# 甲\n" * size + "项目名称: 甲\n").encode()),
    "yaml, brackets": ("a.yaml", 1000, lambda size: f"a: [{'甲, ' * size}]".encode()),
    "yaml, quotes that do not end": ("a.yaml", 2000, lambda size: ("项目名称: '" + "甲\n" * size).encode()),
    "yaml, the same key": ("a.yaml", 1000, lambda size: ("项目名称: 甲\n" * size).encode()),
    "yaml, no YAML": ("a.yaml", 1000, lambda size: ("甲:乙: 丙\n" * size).encode()),
    "yaml, anchors": ("a.yaml", 1000, lambda size: ("- &a *a\n" * size).encode()),
    "yaml, tags": ("a.yaml", 1000, lambda size: ("- !!a b\n" * size).encode()),
    "yaml, misfits": ("a.yaml", 60, lambda size: ("绩效指标:\n  11-数量指标:\n" + "    甲: [乙]\n" * 1 + "".join(f"    甲{n}: [乙]\n" for n in range(size))).encode()),
    "text, lines": ("a.txt", 300, lambda size: ("项目名称\t甲\n" + "产出\t质量\t甲率\t95%\n" * size).encode()),
    "text, tabs": ("a.txt", 60, lambda size: ("项目名称\t甲" + "\t乙" * size).encode()),
    "text, a cell": ("a.txt", 4000, lambda size: ("项目名称\t" + "甲" * size).encode()),
    "docx, rows": ("a.docx", 60, lambda size: word(tbl(*[row_of(tc("项目名称"), tc("甲"))] * size))),
    "docx, paragraphs": ("a.docx", 500, lambda size: word(p("甲") * size)),
    "docx, a long text": ("a.docx", 4000, lambda size: word(tbl(row_of(tc("项目名称"), tc("甲" * size))))),
    "docx, tables": ("a.docx", 60, lambda size: word(tbl(row_of(tc("项目名称"), tc("甲"))) * size)),
    "docx, merged rows": (
        "a.docx",
        60,
        lambda size: word(tbl(row_of(tc("产出", '<w:vMerge w:val="restart"/>'), tc("甲")), *[row_of(tc("", "<w:vMerge/>"), tc("甲"))] * size)),
    ),
    "docx, styles": ("a.docx", 300, lambda size: word(p("甲"), styles="".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(size)))),
    "xlsx, rows": ("a.xlsx", 300, lambda size: workbook(rows("<row><c><v>1</v></c><c><v>2</v></c></row>" * size))),
    "xlsx, columns": ("a.xlsx", 30, lambda size: workbook(rows(f"<row>{'<c><v>1</v></c>' * size}</row>"))),
    "xlsx, merged": (
        "a.xlsx",
        60,
        lambda size: workbook(
            rows("<row><c><v>1</v></c><c/></row>" * size)
            + f"<mergeCells>{''.join(f'<mergeCell ref=_A{n}:B{n}_/>'.replace('_', chr(34)) for n in range(1, size))}</mergeCells>"
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", READERS)
def test_files_are_read_in_linear_time(what: str) -> None:
    name, size, make = READERS[what]
    small, large = make(size), make(size * 2**DOUBLINGS)
    assert_linear(lambda: parse_documents(name, small, PROFILE), lambda: parse_documents(name, large, PROFILE), what)


def test_quadratic_growth_is_detected() -> None:
    def quadratic(size: int) -> int:
        return sum(1 for _ in range(size) for _ in range(size))

    with pytest.raises(pytest.fail.Exception, match=r"squares: .* 16 times as large"):
        assert_linear(lambda: quadratic(150), lambda: quadratic(150 * 2**DOUBLINGS), "squares")
