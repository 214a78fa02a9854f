"""Layouts of self-evaluations (自评表), monitoring (监控表), and forms of other kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from generated_forms import vocabulary as v
from generated_forms.builder import Builder
from generated_forms.content import Target, random_project
from generated_forms.indicators import Table, print_indicators, random_table
from generated_forms.sheet import caption, content, head, printed, shares, unknown
from generated_forms.target_forms import TIERS, Columns, finished
from generated_forms.truth import GeneratedForm

RESULTS: dict[str, Callable[[Target], str]] = {
    "实际完成值": lambda item: f"实{item.number}",
    "全年实际值": lambda item: f"实{item.number}",
    "全年实际完成值": lambda item: f"实{item.number}",
    "完成值": lambda item: f"实{item.number}",
    "实际完成值（B）": lambda item: f"实{item.number}",
    "得分": lambda item: f"{item.weight}0" if "." in item.weight else f"{item.weight}.00",
    "自评得分": lambda item: item.weight,
    "偏差原因分析及改进措施": lambda item: "9月才下达" if item.sign == "≥" else "无",
    "未完成原因分析": lambda item: "3人退休未补" if item.sign == "≥" else "",
    "1-7月执行情况": lambda item: f"已完成{item.number}",
    "全年预计完成情况": lambda item: f"预计{item.number}",
    "执行情况": lambda item: f"已完成{item.number}",
    "完成目标可能性": lambda item: "确定能" if item.sign else "有可能",
    "偏差原因分析": lambda item: "",
    "备注": lambda item: "",
}


@dataclass(frozen=True)
class Evaluation:
    """A layout of an evaluation: the columns of the money grid and of the indicators."""

    layout: str
    title: str
    money: tuple[str, ...]  # the first is the amount
    columns: Columns
    goal: str = "results"
    money_caption: str = "项目资金"
    has_parts: bool = True
    is_weighted: bool = True


GENERAL = Evaluation(
    "Y self general",
    "项目支出绩效自评表",
    ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    [
        *TIERS,
        ("value", "年度指标值"),
        ("other", "实际完成值"),
        ("points", "分值"),
        ("other", "得分"),
        ("other", "偏差原因分析及改进措施"),
    ],
)
SICHUAN = Evaluation(
    "Y self sichuan",
    "部门预算项目绩效自评表",
    ("年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分"),
    [*TIERS, ("sign", "指标性质"), ("value", "指标值"), ("unit", "度量单位"), ("other", "完成值"), ("points", "权重"), ("other", "得分"), ("other", "未完成原因分析")],
    money_caption="预算执行情况（10分）",
)  # fmt: skip
HUBEI = Evaluation(
    "Y self hubei",
    "项目绩效目标自评表",
    ("预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）"),
    [*TIERS, ("value", "年初目标值（A）"), ("other", "实际完成值（B）"), ("other", "得分")],
    goal="cell",
    money_caption="预算执行情况（20分）",
    has_parts=False,
    is_weighted=False,
)
STAR = Evaluation(
    "Y self star",
    "衔接资金项目绩效自评表",
    ("全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
    [
        *TIERS,
        ("points", "分值"),
        ("value", "年度指标值"),
        ("other", "全年实际值"),
        ("other", "得分"),
        ("other", "未完成原因分析"),
    ],
)
YINCHUAN = Evaluation(
    "Y self yinchuan",
    "项目支出绩效自评表",
    ("年初预算数", "全年预算数", "全年执行数"),
    [*TIERS, ("points", "分值"), ("value", "年度指标值"), ("other", "实际完成值"), ("other", "自评得分")],
)
HUNAN = Evaluation(
    "Y self hunan county",
    "项目支出绩效自评表",
    ("年初预算数", "全年预算数", "全年执行数"),
    [*TIERS, ("value", "年度指标值"), ("other", "全年实际完成值"), ("other", "未完成原因分析")],
    is_weighted=False,
)
CENTRAL_MONITORING = Evaluation(
    "Y monitoring central",
    "项目支出绩效目标执行监控表",
    ("年初预算数", "1-7月执行数", "1-7月执行率", "全年预计执行数"),
    [*TIERS, ("value", "年度指标值"), ("other", "1-7月执行情况"), ("other", "全年预计完成情况"), ("other", "偏差原因分析"), ("other", "完成目标可能性"), ("other", "备注")],
    goal="cell",
)  # fmt: skip
HUANGSHI = Evaluation(
    "Y monitoring huangshi",
    "绩效运行监控表",
    ("年初预算数", "1-6月执行数", "全年预计执行数"),
    [
        *TIERS[:2],
        ("name", "指标名称"),
        ("value", "指标值"),
        ("other", "执行情况"),
        ("other", "完成目标可能性"),
        ("other", "备注"),
    ],
    goal="cell",
)
POINTS = ("分值", "权重", "得分")
FIGURES = {
    "全年预算": "+",
    "调整": "+",
    "执行数": "=",
    "预计": "=",
    "率": "99.1%",
    "分值": "10",
    "权重": "10",
    "得分": "9.91",
}


def evaluation(random: Random, kind: Evaluation) -> GeneratedForm:
    """Return a filled evaluation of that layout."""
    table = random_table(random, kind.columns, tiers=random.choice(("plain", "points", "wide-points", "plain")))
    table = replace(table, others=RESULTS, has_parts=False, label=random.choice(("", "绩效指标")))
    project = random_project(random)
    width = max(table.width, len(kind.money) + 2)
    builder = Builder(random, project, table.width)
    while builder.sheet.width < width:
        table = replace(table, name_width=table.name_width + 1)
        builder = Builder(random, project, table.width, builder.style)
    builder.title(kind.title)
    builder.fields(*random.sample(("主管部门", "实施单位"), 2), captions=["项目名称"])
    print_money(builder, kind)
    builder.goal(kind.goal, ["年度总体目标", "年度绩效目标"])
    if kind is YINCHUAN:
        builder.truth.free_tiers = frozenset({"决策", "管理"})
        project.targets[:0] = [
            Target("项目立项", "立项依据充分性", "", "充分", "", "10"),
            Target("预算执行", "预算执行率", "=", "100", "%", "25"),
        ]
    builder.indicators(table)
    if kind.is_weighted:
        total = content("96.41")
        builder.sheet.row(printed(random.choice(("总分", "合计")), width - 2), printed("100"), total)
    if random.random() < 0.3:
        builder.sheet.pair(unknown("存在问题"), content("资金支付集中在第4季度"))
        builder.sheet.pair(unknown("改进措施"), content("提前1个月下达计划"))
    builder.footer()
    return finished(kind.layout, builder)


def print_money(builder: Builder, kind: Evaluation) -> None:
    """Print the grid of the money: 年度资金总额 and its sources in the rows, the stages of the year in the columns."""
    suffix, text = builder.amount_text()
    parts = builder.parts(2) if kind.has_parts else {}
    widths = shares(builder.sheet.width - 2, len(kind.money))
    rows = {
        "年度资金总额": text,
        **{f"{'其中：' if index == 0 else ''}{one}": amount for index, (one, amount) in enumerate(parts.items())},
    }
    if not kind.has_parts:
        widths = shares(builder.sheet.width - 1, len(kind.money))
    heads = [head(one, width) for one, width in zip(kind.money, widths, strict=True)]
    left = caption(kind.money_caption + suffix, 1, 1 + len(rows))
    builder.sheet.row(left, *([printed("")] if kind.has_parts else []), *heads)
    for name, amount in rows.items():
        is_part = name != "年度资金总额"
        figures = [
            "-" if is_part and one in POINTS else _figure(one, amount, index) for index, one in enumerate(kind.money)
        ]
        boxes = [content(figure, width) for figure, width in zip(figures, widths, strict=True)]
        builder.sheet.row(*([caption(name)] if kind.has_parts else []), *boxes)


def _figure(column: str, amount: str, index: int) -> str:
    """Return the figure of a column for a row whose amount of the beginning of the year is given."""
    figure = next((text for word, text in FIGURES.items() if word in column), "") if index else ""
    return amount if figure in {"", "+"} else figure if figure != "=" else "17.35"


def _of(kind: Evaluation) -> Callable[[Random], GeneratedForm]:
    def draw(random: Random) -> GeneratedForm:
        return evaluation(random, kind)

    draw.__name__ = kind.layout.lower().replace(" ", "_")
    return draw


def yunnan(random: Random) -> GeneratedForm:
    """Return a self-evaluation with a head of two lines: 年度指标值 over 指标性质, 指标值 and 度量单位."""
    columns: Columns = [*TIERS, ("sign", "指标性质"), ("value", "指标值"), ("unit", "度量单位"), ("other", "实际完成值"), ("points", "分值"), ("other", "得分")]  # fmt: skip
    upper = [head(text, 1, 2) for _, text in columns]
    heads = [[*upper[:3], head("年度指标值", 3), *upper[6:]], [head(text) for _, text in columns[3:6]]]
    table = Table(columns, others=RESULTS, heads=heads)
    builder = Builder(random, random_project(random), table.width)
    builder.title("项目支出绩效自评表")
    builder.fields("主管部门", captions=["项目名称"])
    print_money(builder, GENERAL)
    builder.goal("results")
    builder.indicators(table)
    return finished("Y self yunnan", builder)


def hubei_blocks(random: Random) -> GeneratedForm:
    """Return a self-evaluation of Hubei with two goals, each above its indicators."""
    table = replace(random_table(random, HUBEI.columns), others=RESULTS, has_parts=False, label="", has_two_lines=False)
    project = random_project(random)
    builder = Builder(random, project, table.width)
    builder.title("项目绩效目标自评表")
    builder.fields("主管部门", captions=["项目名称"])
    print_money(builder, HUBEI)
    goals = random.sample([piece for piece in v.GOAL_PIECES if "：" not in piece], 2)
    half = len(project.targets) // 2
    blocks = project.targets[:half], project.targets[half:]
    for number, (goal, targets) in enumerate(zip(goals, blocks, strict=True), 1):
        builder.sheet.pair(caption(f"年度绩效目标{number}（40分）"), content(f"{goal}。"))
        builder.truth.rows += print_indicators(builder.sheet, random, targets, table)
    builder.truth.goal = ["".join(f"{goal}。" for goal in goals)]
    builder.footer()
    return finished("Y self hubei 2 goals", builder)


EVALUATIONS = (
    *map(_of, (GENERAL, SICHUAN, HUBEI, STAR, YINCHUAN, HUNAN, CENTRAL_MONITORING, HUANGSHI)),
    hubei_blocks, yunnan,
)  # fmt: skip
