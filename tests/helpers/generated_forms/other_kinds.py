"""Forms of other kinds than target forms, and one that lacks what a target form must have."""

from __future__ import annotations

from random import Random

from generated_forms.builder import Builder
from generated_forms.content import Project, random_project
from generated_forms.sheet import Sheet, Style, caption, content, head, line_grid, printed
from generated_forms.target_forms import finished
from generated_forms.truth import GeneratedForm, Row, Truth


def whole_department(random: Random) -> GeneratedForm:
    """Return a form of the whole department, which is no project."""
    sheet = Sheet(6, Style.choose(random))
    title = line_grid(f"{random.choice(('2024', '2025'))}年部门整体支出绩效目标表")
    sheet.pair(caption("部门（单位）名称"), content("某县水务局"))
    sheet.row(caption("年度预算安排", 1, 3), caption("资金总额"), content("5321.7", 4))
    sheet.row(caption("项目支出"), content("4100.2", 4))
    sheet.row(caption("基本支出"), content("1221.5", 4))
    sheet.row(
        caption("年度履职目标", 1, 2),
        caption("部门职能"),
        caption("任务"),
        caption("支出项目名称", 2),
        caption("预算金额"),
    )
    sheet.row(content("供水保障"), content("农村饮水"), content("水站维修", 2), content("300"))
    sheet.row(*(head(text) for text in ("一级指标", "二级指标", "三级指标", "指标解释", "目标值", "备注")))
    sheet.row(
        printed("产出指标"),
        printed("数量指标"),
        content("维修水站"),
        content("以验收为准"),
        content("≥12座"),
        content("含2座新建"),
    )
    return GeneratedForm(
        "X whole", "", [title, sheet.grid()], sheet.contents, sheet.captions, [Truth()], is_other_kind=True
    )


def review(random: Random) -> GeneratedForm:
    """Return a review of targets (审核表), which is no target form."""
    sheet = Sheet(4, Style.choose(random))
    title = line_grid(random.choice(("项目支出绩效目标审核表", "绩效目标审核表（2025年度）")))
    sheet.pair(caption("项目名称"), content("造林补助"))
    sheet.pair(caption("主管部门"), content("某县林业局"))
    sheet.row(*(head(text) for text in ("审核内容", "审核要点", "分值", "审核意见")))
    sheet.row(content("完整性审核", 1, 2), content("绩效目标是否明确"), content("15"), content("优"))
    sheet.row(content("绩效指标是否细化量化"), content("12"), content("良"))
    sheet.row(content("相关性审核"), content("是否与部门职责相关"), content("25"), content("良"))
    return GeneratedForm(
        "X review", "", [title, sheet.grid()], sheet.contents, sheet.captions, [Truth()], is_other_kind=True
    )


def tier_as_name(random: Random) -> GeneratedForm:
    """Return a form whose column 指标名称 has the second tiers, so that it has no names of indicators."""
    project: Project = random_project(random, count=1)
    builder = Builder(random, project, 4)
    builder.title()
    builder.fields("主管部门", captions=["项目名称"])
    builder.amount("pair", ["项目年度金额"])
    builder.goal("cell")
    builder.sheet.row(*(head(text) for text in ("指标类型", "指标名称", "指标值", "指标描述")))
    for item in project.targets:
        boxes = (printed(f"{item.first}指标"), printed(f"{item.second}指标"), content(item.joined), content(item.name))
        builder.sheet.row(*boxes)
        builder.truth.rows.append(Row(item.first, item.second, "", {"值": item.joined}, is_part=True))
    return finished("Z tier as name", builder)


OTHER_KINDS = (whole_department, review, tier_as_name)
