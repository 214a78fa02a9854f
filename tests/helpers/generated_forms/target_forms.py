"""Layouts of target forms, one project a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from generated_forms import vocabulary as v
from generated_forms.builder import YEAR_PLACES, Builder
from generated_forms.content import Project, Target, random_project
from generated_forms.indicators import random_table
from generated_forms.sheet import Style
from generated_forms.truth import GeneratedForm

Columns = list[tuple[str, str]]
TIERS: Columns = [("first", "一级指标"), ("second", "二级指标"), ("name", "三级指标")]
FIELDS = ("主管部门", "实施单位")


def finished(layout: str, *builders: Builder, variation: str = "") -> GeneratedForm:
    """Return the generated form of the builders, one below the other."""
    flow = [grid for builder in builders for grid in builder.flow()]
    contents = [cell for builder in builders for cell in builder.sheet.contents]
    captions = {text for builder in builders for text in builder.sheet.captions}
    return GeneratedForm(layout, variation, flow, contents, captions, [builder.truth for builder in builders])


def mixed_builder(random: Random, style: Style | None = None, *, year: str = "") -> Builder:
    """Return the builder of a form that combines columns, fields, money and goals at random."""
    table = random_table(random)
    builder = Builder(random, random_project(random), table.width, style)
    builder.states_unit = bool(year)  # of several forms, so that the unit of one is not that of the next
    builder.title(place=year)
    builder.section("一、项目基本情况")
    builder.fields(*random.sample(sorted(v.FIELDS), random.choice((1, 2, 3, 4))))
    builder.amount()
    builder.section("二、绩效目标")
    builder.goal()
    builder.section("三、绩效指标")
    builder.indicators(table)
    builder.footer()
    return builder


def mixed(random: Random) -> GeneratedForm:
    return finished("mixed", mixed_builder(random))


def several_builders(random: Random, count: int) -> list[Builder]:
    """Return the builders of several forms of one document, whose years are in the same place."""
    year = random.choice(YEAR_PLACES)
    return [mixed_builder(random, year=year) for _ in range(count)]


def several(random: Random) -> GeneratedForm:
    return finished("several", *several_builders(random, random.choice((2, 3))))


def simple(
    random: Random,
    layout: str,
    columns: Columns,
    *,
    names: Sequence[str] = ("项目名称",),
    fields: Sequence[str] = FIELDS,
    amount: str = "pair",
    amounts: Sequence[str] = (),
    goal: str = "cell",
    goals: Sequence[str] = (),
    tiers: str = "plain",
    label: str = "",
    change: Callable[[Project], None] = lambda project: None,
    others: dict[str, Callable[[Target], str]] | None = None,
    signs: str = "symbols",
) -> GeneratedForm:
    """Return a form of a known layout with the columns given."""
    table = random_table(random, columns, tiers=tiers)
    table = replace(table, label=label, others=others or {}, signs=signs, has_parts=table.has_parts and not others)
    project = random_project(random)
    change(project)
    builder = Builder(random, project, table.width)
    builder.title()
    builder.fields(*fields, captions=names)
    builder.amount(amount, amounts)
    builder.goal(goal, goals)
    builder.indicators(table)
    builder.footer()
    return finished(layout, builder)


def a_nx_county(random: Random) -> GeneratedForm:
    every = ("主管部门", "实施单位", "项目属性", "项目期限", "项目主管处室")
    columns = [*TIERS, ("value", "绩效值")]
    goals = ["年度总体绩效目标"]
    return simple(random, "A nx-county", columns, fields=every, amounts=["项目年度金额"], goals=goals, tiers="codes")


def b_nx_2019(random: Random) -> GeneratedForm:
    def shuffle(project: Project) -> None:
        random.shuffle(project.targets)

    columns = [*TIERS, ("value", "指标值")]
    fields = ("主管部门", "实施单位", "项目属性", "项目期限")
    return simple(random, "B nx-2019", columns, fields=fields, amount="rows", goals=["绩效目标"], change=shuffle)


def d_core_indicators(random: Random) -> GeneratedForm:
    heads = ["设定依据", "数据来源", "佐证资料"]
    columns = [
        *TIERS,
        ("extra", "指标解释"),
        ("value", "指标值"),
        *(("extra", one) for one in heads),
        ("weight", "权重"),
    ]
    return simple(random, "D mof-2021-101", columns, names=["二级项目名称", "二级项目", "项目名称"])


def e_transfer_area(random: Random) -> GeneratedForm:
    columns = [*TIERS, ("value", "指标值")]
    label = random.choice(("绩效指标", ""))
    return simple(
        random, "E transfer-area", columns, names=["专项名称", "专项（项目）名称"], amount="rows", label=label
    )


def f_hunan(random: Random) -> GeneratedForm:
    columns = [*TIERS, ("value", "指标值及单位"), ("extra", "绩效标准")]
    return simple(random, "F hunan", columns, names=["项目支出名称"], amounts=["年度本级预算金额"], goal="horizons")


def g_hunan_special(random: Random) -> GeneratedForm:
    columns = [*TIERS[:2], ("name", "指标内容"), ("value", "指标值"), ("extra", "绩效标准"), ("extra", "备注")]
    amount = random.choice(("pair", "columns"))
    goal = random.choice(("cell", "horizons"))
    return simple(random, "G hunan-special", columns, names=["专项名称"], amount=amount, goal=goal)


def h_wuhai(random: Random) -> GeneratedForm:
    swapped = random.random() < 0.5
    heads = ["指标方向", "指标性质"] if swapped else ["指标性质", "指标方向"]
    columns = [*TIERS, ("sign", heads[0]), ("direction", heads[1]), ("value", "目标值"), ("unit", "计量单位")]
    return simple(random, "H wuhai", [*columns, ("weight", "分值"), ("extra", "备注")], amount="columns")


def i_sichuan(random: Random) -> GeneratedForm:
    def code(project: Project) -> None:
        project.name = f"51011723T00000000{random.randrange(1000, 9999)}-{project.name}"

    columns = [*TIERS, ("sign", "指标性质"), ("value", "指标值"), ("unit", "度量单位"), ("weight", "权重")]
    return simple(random, "I sichuan", columns, change=code)


def j_sichuan_old(random: Random) -> GeneratedForm:
    columns = [*TIERS, ("value", "指标值（包含数字及文字描述）")]
    return simple(random, "J sichuan-old", columns, amount="columns", tiers="old", label="绩效指标")


def k_shanghai(random: Random) -> GeneratedForm:
    def money(project: Project) -> None:
        project.amount, project.amount_unit = random.choice((("200000", "元"), ("1,030,700.00", "元")))

    return simple(random, "K shanghai", [*TIERS, ("value", "指标值")], change=money, amounts=["年度申请总额"])


def l_plan_level(random: Random) -> GeneratedForm:
    last = ("extra", random.choice(("评分细则", "备注")))
    columns = [
        *TIERS[:2],
        ("weight", "分值"),
        ("name", "指标内容"),
        ("other", "上年度实际水平"),
        ("value", "本年度计划水平"),
    ]
    others: dict[str, Callable[[Target], str]] = {
        "上年度实际水平": lambda item: f"上年{item.name}持平",
        "评分细则": lambda item: "未达到扣1分",
    }
    return simple(random, "L daqing", [*columns, last], others=others, goals=["年度绩效目标", "总体目标"])


def m_hebei_bands(random: Random) -> GeneratedForm:
    bands = {"优": "100%", "良": "91%", "中": "83%", "差": "74%"}
    columns = [*TIERS[:2], ("name", "绩效指标"), ("extra", "绩效指标描述"), *(("other", band) for band in bands)]
    others: dict[str, Callable[[Target], str]] = {
        band: (lambda item, share=share: f"≥{share}") for band, share in bands.items()
    }
    others["绩效指标描述"] = lambda item: f"{item.name}达到要求的程度"
    return simple(random, "M hebei-bands", [*columns, ("extra", "设定依据")], others=others, goals=["绩效目标"])


def n_special_bond(random: Random) -> GeneratedForm:
    return simple(random, "N special-bond", [*TIERS, ("value", "指标值")], amounts=["项目预算金额"], goals=["绩效目标"])


def q_hunan_2025(random: Random) -> GeneratedForm:
    columns = [*TIERS, ("sign", "指标值类型"), ("value", "目标值"), ("unit", "度量单位"), ("extra", "指标值内容")]
    names, amounts = ["项目支出名称"], ["年度本级预算金额"]
    return simple(random, "Q hunan-2025", [*columns, ("extra", "备注")], names=names, amounts=amounts)


def r_area_5(random: Random) -> GeneratedForm:
    columns = [*TIERS, ("unit", "单位"), ("value", "指标值")]
    label = "绩效指标"
    return simple(random, "R area-5", columns, names=["资金名称", "专项名称"], amount="rows", label=label)


def s_fujian_2017(random: Random) -> GeneratedForm:
    def number(project: Project) -> None:
        counts: dict[str, int] = {}
        for index, item in enumerate(project.targets):
            counts[item.second] = counts.get(item.second, 0) + 1
            project.targets[index] = replace(item, name=f"目标{counts[item.second]} {item.name}")

    columns = [
        ("first", "绩效目标"),
        ("second", "评价指标"),
        ("name", "绩效内容"),
        ("other", "绩效标准"),
        ("value", "全年绩效目标"),
    ]
    others: dict[str, Callable[[Target], str]] = {"绩效标准": lambda item: f"标准{item.weight}"}
    form = simple(
        random, "S fujian-2017", columns, names=["专项名称"], tiers="targets", others=others, change=number,
        goals=["总体绩效目标"],
    )  # fmt: skip
    # The ordinal of an indicator may be read as part of its name or not.
    form.truths[0].rows = [replace(row, name=row.name.split(" ", 1)[1], is_part=True) for row in form.truths[0].rows]
    return form


def t_wuhu(random: Random) -> GeneratedForm:
    columns = [*TIERS[:2], ("name", "三级指标（指标内容）"), ("value", "指标值"), ("extra", "备注")]
    goals = ["项目绩效目标（含项目概况、设立依据、必要性及预期目标）", "项目绩效目标"]
    return simple(random, "T wuhu", columns, amount="two", goals=goals)


def u_guangdong(random: Random) -> GeneratedForm:
    heads: Columns = [("value", "年度目标值"), ("other", "实施周期目标值")]
    random.shuffle(heads)
    others: dict[str, Callable[[Target], str]] = {"实施周期目标值": lambda item: f"三年合计{item.joined}以上"}
    amounts = ["2021年金额", "年度金额"]
    return simple(random, "U guangdong", [*TIERS, *heads], names=["资金名称"], amounts=amounts, others=others)


def v_jiangxi(random: Random) -> GeneratedForm:
    columns = [*TIERS, ("sign", "计算符号"), ("value", "目标值"), ("unit", "度量单位"), ("extra", "指标值说明")]
    others: dict[str, Callable[[Target], str]] = {"指标值说明": lambda item: "按实有数"}
    return simple(random, "V jiangxi", columns, amount="rows", others=others)


def w_gansu(random: Random) -> GeneratedForm:
    columns = [*TIERS, ("value", "指标目标值")]
    table = random_table(random, columns)
    builder = Builder(random, random_project(random), table.width)
    builder.title()
    first = builder.unknown_pair("一级项目名称", ["文化事业专项", "就业专项"])
    second = builder.name_pair("二级项目名称")
    builder.print_pairs([first, second])
    builder.print_pairs([builder.field_pair(label) for label in FIELDS])
    builder.amount()
    builder.goal()
    builder.indicators(table)
    return finished("W gansu", builder)


TARGET_FORMS = (
    mixed, several, a_nx_county, b_nx_2019, d_core_indicators, e_transfer_area, f_hunan, g_hunan_special, h_wuhai,
    i_sichuan, j_sichuan_old, k_shanghai, l_plan_level, m_hebei_bands, n_special_bond, q_hunan_2025, r_area_5,
    s_fujian_2017, t_wuhu, u_guangdong, v_jiangxi, w_gansu,
)  # fmt: skip
