"""data/projects contains the five tables of the source; every cell is compared, with an independent reader."""

from __future__ import annotations

import re

import pytest
import yaml

from repository import DATA, ROOT, TESTS

SOURCE = TESTS / "data" / "附件2.txt"
SHARED = ROOT.parent / "shared" / "source" / "附件2.txt"
FIRST = {"1": "1-产出指标", "2": "2-效益指标", "3": "3-满意度指标"}
NUMBERING = re.compile(r"目标 [0-9]： ?")


def forms() -> list[list[list[str]]]:
    """Return the rows of each table of the source, as cells."""
    text = SOURCE.read_text(encoding="utf-8")
    parts = re.split(r"^部门项目支出预算绩效目标表[\t]*$", text, flags=re.MULTILINE)[1:]
    return [[line.split("\t") for line in part.strip("\n").split("\n") if line.strip()] for part in parts]


def expected(rows: list[list[str]]) -> tuple[dict[str, object], list[tuple[str, str, str, str]]]:
    """Return the fields of the head and the rows (first tier, second tier, name, value), with blank tiers filled in."""
    head: dict[str, object] = {}
    split = next(i for i, row in enumerate(rows) if row[0] == "一级指标")
    for row in rows[1:split]:
        head |= {row[i]: row[i + 1] for i in (0, 2) if i + 1 < len(row) and row[i]}
    goals = NUMBERING.split(str(head["年度总体绩效目标"]))
    head["年度总体绩效目标"] = [goal.strip() for goal in goals if goal.strip()]
    found = []
    first = second = ""
    for row in rows[split + 1 :]:
        second = row[1] or second
        first = row[0] or (first if second[0] == first[0] else FIRST[second[0]])
        found.append((first, second, row[2], row[3]))
    return head, found


def written(project: str) -> tuple[dict[str, object], list[tuple[str, str, str, str]]]:
    text = (DATA / f"{project}.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)
    rows = [
        (FIRST[second[0]], second, name, value)
        for second, indicators in data.pop("绩效指标").items()
        for name, value in indicators.items()
    ]
    return data, rows


def test_the_source_has_five_tables() -> None:
    projects = {str(expected(form)[0]["项目名称"]) for form in forms()}
    assert len(projects) == 5
    assert {path.stem for path in DATA.iterdir()} == projects


@pytest.mark.parametrize("form", forms(), ids=lambda form: form[1][1])
def test_every_cell_equals_the_source(form: list[list[str]]) -> None:
    head, rows = expected(form)
    assert written(str(head["项目名称"])) == (head, rows)


def test_some_figures_equal_the_source() -> None:
    """The figures are written by hand, to detect a fault of the independent reader."""
    amounts = {form[1][1]: form[4][3] for form in forms()}
    assert amounts == {
        "公益性岗位人员岗位补贴": "1320 万元",
        "就业困难人员社会保险补贴": "1796.02 万元",
        "“三支一扶”人员补助资金": "1649.45 万元",
        "实习见习人员就业补助资金": "581.1 万元",
        "就业经办机构管理服务能力提升工作经费": "20 万元",
    }
    assert [len(expected(form)[1]) for form in forms()] == [8, 10, 8, 8, 13]
    _, rows = expected(forms()[1])
    assert rows[0] == ("1-产出指标", "11-数量指标", "享受灵活就业人员社会保险补贴人数（人）", "945 人")
    assert rows[6] == ("1-产出指标", "14-成本指标", "享受安置类公益性岗位人员社会保险人均标准", "1367.67 元/月")
    assert rows[7][:2] == ("2-效益指标", "22-社会效益")


@pytest.mark.skipif(not SHARED.exists(), reason="the original is not available")
def test_the_copy_equals_the_original() -> None:
    assert SOURCE.read_bytes() == SHARED.read_bytes()
