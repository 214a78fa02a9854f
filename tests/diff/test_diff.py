"""Differences between two drafts of a table: they use the terms of the form, and weaker targets come first."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from command_line import GOOD, Run
from compared import kinds, only, with_target
from perftarget.diff.change import Kind

CLEAN, FINDINGS, WRONG_USE = 0, 1, 2


def target(old: str, new: str, name: str = "发放准确率", tier: str = "12-质量指标") -> str:
    """Return the kind of difference of a single target, and its note."""
    return only(with_target(old, name, tier), with_target(new, name, tier))


@pytest.mark.parametrize(
    ("sides", "kind"),
    {
        ("≥95%", "≥90%"): "lowered",
        ("≥95%", "≥98%"): "raised",
        ("≥95%", "95%"): "unbound",
        ("≥95%", "90%"): "lowered",
        ("=100%", "≥95%"): "lowered",
        ("95%", "90%"): "lowered",
        ("≤3%", "≤5%"): "lowered",
        ("≤5%", "≤3%"): "raised",
        ("≤5%", "5%"): "unbound",
        ("=0起", "≤1起"): "lowered",
        ("≤2起", "=0起"): "raised",
        ("≥95%", "≤95%"): "lowered 比较符号反了",
        ("≤95%", "≥90%"): "changed 比较符号反了",  # a wrong operator is corrected
        ("≥5起", "≥5个"): "unclear",
        ("≥95%", "高"): "vague",
        ("高", "≥95%"): "changed",
        ("≥95%", "≥95人"): "unclear",
        ("300 人", "200 人"): "unclear",  # neither an operator nor a rate: possibly a fact
        ("≥300 人", "≥0.02 万人"): "lowered",
        ("2025年6月30日前", "2025年9月30日前"): "lowered 推迟",
        ("2025年12月31日前", "2026年12月31日前"): "unclear",
        ("12月底前", "6月底前"): "raised 提前",
        ("增长≥5%", "增长≥3%"): "lowered",
        ("增长≥5%", "增长5%"): "unbound",
        ("下降≥5%", "下降≥3%"): "lowered",
        ("下降5%", "下降8%"): "raised",
        ("降低≤5%", "降低≤8%"): "lowered",
        ("增长≥5%", "下降≤2%"): "lowered",
        ("增长5%", "下降5%"): "lowered 方向反了",
        ("较上年增长≥5%", "较2020年增长≥3%"): "unclear",
        ("增长≥5%", "增长≥5个百分点"): "unclear",
        ("90%-95%", "85%-95%"): "lowered",
        ("≥95%", "90%-95%"): "lowered",
        ("90%-95%", "≥95%"): "raised",
        ("90%-95%", "90%"): "changed",
        ("≤5%", "3%-6%"): "lowered",
        ("3-5家", "2-4家"): "unclear",
        ("1次/月", "1次/季度"): "lowered",
        ("按月", "按季度"): "lowered",
        ("按季度", "≥12次/年"): "raised",
        ("≥4次/年", "4次/年"): "unbound",
        ("≥4次/年", "≥1次/季度"): "changed",
        ("≤4次/年", "≤6次/年"): "lowered",
        ("每季度末月20日", "每季度末月25日"): "lowered 推迟",
        ("优", "良"): "lowered",
        ("良好", "优秀"): "raised",
        ("良好以上", "良好"): "unbound",
        ("优", "好"): "unclear",
        ("≥95%、≥90%", "≥95%、≥85%"): "lowered",
        ("≥95%、≥90%", "≥95%"): "unclear",
        ("≤5‰", "≤5%"): "lowered",
        ("≤60分钟", "≤2小时"): "lowered",
        ("≥120公里", "≥100000米"): "lowered",
        ("≥120公里", "≥120000米"): "same",
        ("≥500元/月", "≥4000元/年"): "lowered",
        ("≥500元/人·月", "≥6000元/人·年"): "changed",
        ("500元/月", "400元/年"): "unclear",
        ("100%", "1"): "unclear",  # possibly 1 %
        ("≥0.95", "≥90%"): "lowered",
        ("大于95%", "≥95%"): "lowered",
        ("≤1%", "<1%"): "raised",
        ("0", "≤3%"): "lowered",
        ("≤3%", "=0起"): "raised",
        ("每月15日前", "每月20日前"): "lowered 推迟",
        ("100%", "全覆盖"): "changed",
        ("95%", "全覆盖"): "raised",
        ("明显提高", "提高"): "unclear",
    }.items(),
    ids=str,
)
def test_a_changed_target_has_a_kind(sides: tuple[str, str], kind: str) -> None:
    assert target(*sides) == kind


def test_lower_is_better_for_negative_indicators() -> None:
    assert target("5%", "8%", name="投诉率") == "lowered"
    assert target("8%", "5%", name="投诉率") == "raised"
    assert target("90%", "95%", name="投诉处理率") == "raised"
    assert target("3%-5%", "3%-6%", name="投诉率") == "lowered"
    assert target("≥5%", "≤5%", name="投诉率") == "changed 比较符号反了"
    assert target("≤5%", "≥5%", name="投诉率") == "lowered 比较符号反了"
    assert target("增长5%", "增长8%", name="投诉率") == "lowered"
    assert target("较上年下降3%", "较上年上升3%", name="失业率") == "lowered 方向反了"
    assert target("上升3%", "下降3%", name="失业率") == "changed 方向反了"
    assert target("≤12 万元", "≥12 万元", "总成本", "14-成本指标") == "lowered 比较符号反了"


@pytest.mark.parametrize(
    ("new", "years", "kind"),
    [
        ("2026年3月底前", "2025 年", "lowered 推迟"),
        ("2026年3月底前", "2025-2026", "lowered 推迟"),
        ("2025年10月底前", "2025 年", "raised 提前"),
        ("2026年12月底前", "2026 年", ""),
        ("12月底前", "2026 年", ""),
        ("2027年1月底前", "2026 年", "lowered 推迟"),
        ("2025年12月31日前", "2026 年", "changed"),
        ("2026年6月底前", "2026 年", "unclear"),  # either each year or once
        ("2025年6月底前", "2026 年", "raised 提前"),
    ],
)
def test_deadlines_are_compared_relative_to_the_budget_year(new: str, years: str, kind: str) -> None:
    before = "项目名称: 甲\n项目期限: {}\n绩效指标:\n  13-时效指标:\n    完成时间: {}\n"
    old_years = "2025-2026" if "-" in years else "2025 年"
    found = kinds(before.format(old_years, "2025年12月底前"), before.format(years, new))
    assert "".join(f"{one[0]} {one[4]}".strip() for one in found if one[1] == "完成时间") == kind


def test_the_summary_counts_unclear_changes_and_removed_indicators(run: Run) -> None:
    old = GOOD.replace("≥95%", "≥95%、≥90%")
    Path("old.yaml").write_text(old, encoding="utf-8")
    for number, (new, summary) in enumerate(
        [
            (old.replace("12 万元", "13 万元"), "没有目标比原来低"),
            (GOOD, "没有看出比原来低的目标；1 处改动看不出高低，请核对"),
            (old.replace("    就业率: ≥60%\n", ""), "没有看出比原来低的目标；删去 1 个指标"),
            (
                GOOD.replace("≥95%", "≥90%").replace("≥85%", "80%"),
                "1 处目标比原来低，请说明理由；1 处改动看不出高低，请核对",
            ),
        ]
    ):
        path = Path(f"new{number}.yaml")
        path.write_text(new, encoding="utf-8")
        assert run("diff", "old.yaml", str(path)).stdout.splitlines()[-1] == f"1 张表不同；{summary}。"


def test_swapped_rows_with_the_same_name_are_equal() -> None:
    rows = ["      - {指标: 人均成本, 值: ≤600 元}\n", "      - {指标: 人均成本, 值: ≤500 元}\n"]
    head = "项目名称: 甲\n绩效指标:\n  14-成本指标:\n"
    assert kinds(head + "".join(rows), head + "".join(reversed(rows))) == []


def test_a_changed_standard_is_a_changed_amount() -> None:
    assert target("2050 元/月", "2100 元/月", "人均标准", "14-成本指标") == "amount +50 元"
    assert target("≤12 万元", "≤15 万元", "总成本", "14-成本指标") == "lowered"


def test_rows_are_added_removed_renamed_and_moved() -> None:
    old = GOOD.replace("重大群体性事件: =0起", "重大群体性事件: =0起\n    收入水平提高: 明显")
    new = (
        GOOD.replace("    发放准确率: ≥95%\n", "    补贴发放准确率: ≥95%\n    公示率: =100%\n")
        .replace("    就业率: ≥60%\n", "")
        .replace("    满意度: ≥85%", "    满意度: ≥85%\n    就业率: ≥60%")
        .replace("12 万元", "13 万元")
        .replace("岗位补贴，稳定就业", "岗位补贴，稳定就业岗位")
        .replace("社会保障室", "")
    )
    assert kinds(old, new) == [
        ("amount", "项目年度金额", "12 万元", "13 万元", "+1 万元，+8.33%"),
        ("removed", "收入水平提高", "明显", "", ""),
        ("renamed", "补贴发放准确率", "发放准确率", "补贴发放准确率", ""),
        ("moved", "就业率", "24-可持续影响", "31-服务对象满意度", ""),
        ("changed", "项目主管处室", "社会保障室", "", ""),
        (
            "changed",
            "年度总体绩效目标",
            "为 10 人发放岗位补贴，稳定就业，保障基本生活。",
            "为 10 人发放岗位补贴，稳定就业岗位，保障基本生活。",
            "",
        ),
        ("added", "公示率", "", "=100%", ""),
    ]


def test_another_layout_is_not_a_difference() -> None:
    other = GOOD.replace("≥95%", '"≥95%"').replace("公益性岗位补贴", "公益性岗位补贴  # 2025")
    assert kinds(GOOD, other) == []
    calculation = "资金测算:\n  - {项目: 补贴, 人数: 10 人, 标准: 1000 元/月, 月数: 12}\n"
    assert kinds(GOOD + calculation, GOOD + calculation.replace(", ", ",  ")) == []
    assert kinds(GOOD, GOOD + calculation)[0][:2] == ("added", "资金测算")


def test_the_order_is_not_compared_and_the_budget_year_is() -> None:
    assert kinds(GOOD, f"序号: 3\n{GOOD}") == []
    assert kinds(f"预算年度: 2024\n{GOOD}", f"预算年度: 2025\n{GOOD}") == [("changed", "预算年度", "2024", "2025", "")]


def test_every_kind_has_a_unique_word_and_title() -> None:
    assert len({kind.word for kind in Kind}) == len({kind.title for kind in Kind}) == len(Kind)


@pytest.fixture
def years(run: Run, tmp_path: Path) -> Path:
    """Write two folders with a changed, a removed, a new and an unchanged table."""
    for year, tables in {
        "2024": {"a": GOOD, "b": GOOD.replace("公益性岗位", "护理"), "same": GOOD.replace("公益性岗位", "交通")},
        "2025": {
            "x": GOOD.replace("≥85%", "≥80%").replace("12 万元", "13 万元"),
            "c": GOOD.replace("公益性岗位", "取暖"),
            "same": GOOD.replace("公益性岗位", "交通"),
        },
    }.items():
        (tmp_path / year).mkdir()
        for name, text in tables.items():
            (tmp_path / year / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_text_output(years: Path, run: Run) -> None:
    done = run("diff", "2024", "2025")
    assert done.stdout == (
        "2024/a.yaml → 2025/x.yaml 公益性岗位补贴\n"
        "    24 目标降低：满意度（31-服务对象满意度）：“≥85%” → “≥80%”\n"
        "     7 金额改动：项目年度金额：“12 万元” → “13 万元”（+1 万元，+8.33%）\n"
        "\n"
        "2025/c.yaml 新增项目：取暖补贴\n"
        "\n"
        "2024/b.yaml 没有这个项目了：护理补贴\n"
        "\n"
        "3 张表不同；1 处目标比原来低，请说明理由；少了 1 个项目。\n"
    )
    assert (done.stderr, done.returncode) == ("", CLEAN)
    assert run("diff", "2024", "2024").stdout == "没有不同。\n"
    assert "1 target weaker than before (say why)" in run("diff", "2024", "2025", "--lang", "en").stdout


def test_json_output(years: Path, run: Run) -> None:
    found = json.loads(run("diff", "2024", "2025", "--format", "json").stdout)
    assert [(one["status"], one["project"]) for one in found["tables"]] == [
        ("changed", "公益性岗位补贴"),
        ("added", "取暖补贴"),
        ("removed", "护理补贴"),
    ]
    assert found["tables"][0]["differences"][0] == {
        "kind": "lowered",
        "weaker": True,
        "where": "满意度",
        "tier": "31-服务对象满意度",
        "old": "≥85%",
        "new": "≥80%",
        "note": "",
        "old_line": 24,
        "new_line": 24,
    }
    assert found["summary"] == {"tables": 3, "lowered": 1, "amount": 1}


def test_markdown_output(years: Path, run: Run) -> None:
    assert run("diff", "2024", "2025", "--format", "markdown").stdout == (
        "3 张表不同；1 处目标比原来低，请说明理由；少了 1 个项目。\n"
        "\n"
        "### 2024/a.yaml → 2025/x.yaml 公益性岗位补贴\n"
        "\n"
        "| 变化 | 栏目或指标 | 原来 | 现在 |\n"
        "|---|---|---|---|\n"
        "| **目标降低** | 满意度（31-服务对象满意度） | ≥85% | ≥80% |\n"
        "| 金额改动（+1 万元，+8.33%） | 项目年度金额 | 12 万元 | 13 万元 |\n"
        "\n"
        "### 2025/c.yaml 新增项目：取暖补贴\n"
        "\n"
        "### 2024/b.yaml 没有这个项目了：护理补贴\n"
    )


def test_git_revisions_can_be_compared(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The configured paths of a revision are compared; file names may contain spaces and commas."""
    folder = tmp_path / "repository"
    (folder / "data").mkdir(parents=True)
    path = folder / "data" / "一 二,三.yaml"
    monkeypatch.chdir(folder)

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "-q")
    for text in (GOOD, GOOD.replace("≥85%", "85%")):
        path.write_text(text, encoding="utf-8")
        git("add", ".")
        git("commit", "-q", "-m", "x")
    path.write_text(GOOD.replace("≥85%", "≥80%"), encoding="utf-8")
    lost = "data/一 二,三.yaml 公益性岗位补贴\n    24 失去比较符号：满意度（31-服务对象满意度）：“≥85%” → “85%”\n"
    assert run("diff", "HEAD~1", "HEAD").stdout.startswith(lost)
    assert "目标降低：满意度" in run("diff", "HEAD~1", "data").stdout
    done = run("diff", "HEAD~9", "data")
    message = "HEAD~9: 没有这个文件或文件夹，请检查路径\n"
    assert (done.stdout, done.stderr, done.returncode) == ("", message, WRONG_USE)


def test_an_unreadable_table_is_an_error(years: Path, run: Run) -> None:
    (years / "2025" / "bad.yaml").write_text("项目名称: [\n", encoding="utf-8")
    done = run("diff", "2024", "2025")
    assert done.stderr.startswith("2025/bad.yaml:")
    assert done.stdout.endswith("3 张表不同；1 处目标比原来低，请说明理由；少了 1 个项目；1 个文件读不了，没有比较。\n")
    assert done.returncode == FINDINGS
