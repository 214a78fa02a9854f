"""Layouts of one table with many projects: lists and outlines."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from generated_forms import vocabulary as v
from generated_forms.content import Project, random_project, random_targets
from generated_forms.indicators import print_indicators, random_table, tier_text
from generated_forms.sheet import Sheet, Style, content, head, line_grid, printed
from generated_forms.truth import GeneratedForm, Row, Truth


def o_list(random: Random) -> GeneratedForm:
    """Return one table of many projects, whose fields are columns left of the tiers."""
    fields = [
        ("name", "项目名称"),
        ("unit", random.choice(("项目单位", "单位名称"))),
        ("amount", "预算数"),
        ("goal", "年度绩效目标"),
    ]
    if random.random() < 0.5:
        fields = [fields[0], *(one for one in fields[1:] if random.random() < 0.6)]
    if random.random() < 0.3:
        fields.insert(0, fields.pop(1) if len(fields) > 1 and fields[1][0] == "unit" else ("number", "序号"))
    table = replace(
        random_table(random),
        label="",
        name_width=1,
        has_parts=False,
        has_two_lines=False,
        has_templates=False,
        oddity="",
    )
    sheet = Sheet(len(fields) + table.width, Style.choose(random))
    unit = random.choice(("元", "万元", ""))
    lines = [*(["表11"] if random.random() < 0.3 else []), "项目绩效目标表", *([f"单位：{unit}"] if unit else [])]
    projects = _listed_projects(random, unit)
    heads = [*(head(text) for _, text in fields), *(head(text) for _, text in table.columns)]
    truths = []
    for index, project in enumerate(projects):
        inner = Sheet(table.width, sheet.style)
        rows = print_indicators(inner, random, project.targets, table)
        if index == 0:
            sheet.captions |= inner.captions
            sheet.row(*heads)
            sheet.contents += [cell for cell in inner.contents if cell.row == 0]
            if random.random() < 0.2:
                sheet.row(content("某县林业局本级", len(fields)))
        top = sheet.height
        _print_project(sheet, project, fields, inner, table.merge)
        sheet.contents += [cell for cell in sheet.cells if cell.row >= top and cell.column < len(fields) and cell.text]
        truths.append(_listed_truth(project, dict(fields), rows, unit))
    flow = [*map(line_grid, lines), sheet.grid()]
    return GeneratedForm("O list", "", flow, sheet.contents, sheet.captions, truths)


def _listed_projects(random: Random, unit: str) -> list[Project]:
    names = random.sample(v.PROJECTS, random.choice((2, 3)))
    projects = [replace(random_project(random), name=name, amount_unit=unit) for name in names]
    for index, project in enumerate(projects):
        project.targets = random_targets(random, 1)
        if random.random() < 0.3:
            project.targets.sort(key=lambda item: item.first != "满意度")
        project.amount = (
            ("1,030,700.00", "3,239,300.00", "82,000.00")[index] if unit == "元" else ("10", "20.5", "37")[index]
        )
    return projects


def _print_project(sheet: Sheet, project: Project, fields: list[tuple[str, str]], inner: Sheet, merge: str) -> None:
    """Print a project with its fields in the left columns, merged, repeated or blank below the first row."""
    number = str(len({cell.row for cell in sheet.cells}))
    texts = {
        "name": project.name,
        "unit": project.fields["实施单位"],
        "amount": project.amount,
        "goal": project.pieces[0],
        "number": number,
    }
    body = [cell for cell in inner.cells if cell.row > 0]
    kept = {id(cell) for cell in inner.contents}
    count = inner.height - 1
    for row in range(1, inner.height):
        left = []
        if merge != "merged" or row == 1:
            shown = {role: text if merge == "repeated" or row == 1 else "" for role, text in texts.items()}
            left = [printed(shown[role], 1, count if merge == "merged" else 1) for role, _ in fields]
        boxes = [
            (content if id(cell) in kept else printed)(cell.text, cell.columns, cell.rows)
            for cell in sorted(body, key=lambda cell: cell.column)
            if cell.row == row
        ]
        sheet.row(*left, *boxes)


def _listed_truth(project: Project, fields: dict[str, str], rows: list[Row], unit: str) -> Truth:
    truth = Truth(project.name, rows=rows)
    if "amount" in fields:
        truth.amount = f"{project.amount} 元" if unit == "元" else project.amount
    if "goal" in fields:
        truth.goal = [project.pieces[0]]
    if "unit" in fields:
        truth.fields[fields["unit"]] = ("实施单位", project.fields["实施单位"])
    return truth


def p_outline(random: Random) -> GeneratedForm:
    """Return an outline: unit, projects, tiers and indicators are indented lines of one column."""
    sheet = Sheet(3, Style.choose(random))
    sheet.row(*(head(text) for text in ("项目", "指标值", "绩效金额")))
    sheet.row(content("某区教育局"), printed(""), content("1,845,000"))
    truths = []
    for index, name in enumerate(random.sample(v.PROJECTS, 2)):
        amount = ("1,500,000", "345,000")[index]
        sheet.row(content(f"  {name}"), printed(""), content(amount))
        truth = Truth(name, amount=f"{amount} 元")
        previous = ("", "")
        for item in random_targets(random, 1):
            if item.first != previous[0]:
                sheet.row(printed(f"    {tier_text('plain', item.first)}"), printed(""), printed(""))
            if item.second != previous[1]:
                sheet.row(printed(f"      {tier_text('plain', item.second)}(必填硬性指标)"), printed(""), printed(""))
            sheet.row(content(f"        {item.name}"), content(item.joined), printed(""))
            truth.rows.append(Row(item.first, item.second, item.name, {"值": item.joined}))
            previous = (item.first, item.second)
        truths.append(truth)
    flow = [line_grid("项目支出绩效目标表"), line_grid("单位：元"), sheet.grid()]
    return GeneratedForm("P outline", "", flow, sheet.contents, sheet.captions, truths)


LISTS = (o_list, p_outline)
