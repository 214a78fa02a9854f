"""Layouts of target forms with two horizons, lists of many projects, outlines, and forms that are not merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from generated_forms import vocabulary as v
from generated_forms.builder import Builder
from generated_forms.content import Target, random_project
from generated_forms.indicators import Table, print_indicators, random_table, tier_text
from generated_forms.sheet import Sheet, Style, caption, content, head, line_grid, printed, unknown
from generated_forms.target_forms import FIELDS, TIERS, Columns, finished, mixed_builder, several_builders
from generated_forms.truth import GeneratedForm, Row
from perftarget.formats.grid import Cell, Grid


def long_targets(targets: Sequence[Target]) -> list[Target]:
    """Return targets of a longer horizon, which differ from those of the year."""
    return [replace(item, number=f"累计{item.number}") for item in targets]


def headed_builder(random: Random, width: int, amount: str = "") -> Builder:
    """Return a builder with title, fields and amount printed."""
    builder = Builder(random, random_project(random), width)
    builder.title()
    builder.fields(*FIELDS)
    builder.amount(amount)
    return builder


def c_side_by_side(random: Random) -> GeneratedForm:
    """Return a form of 财预〔2015〕88号, with the indicators of both horizons side by side."""
    builder = headed_builder(random, 8, amount="horizons")
    builder.goal("horizons", ["总体目标"])
    sheet, targets = builder.sheet, builder.project.targets
    label = [caption("绩效指标", 1, 1 + len(targets))]
    texts = ("二级指标", "三级指标", "指标值")
    sheet.row(*label, head("一级指标"), *map(head, texts), *map(head, texts))
    for item in targets:
        second = printed(tier_text("plain", item.second))
        longer = (second, content(f"三年{item.name}"), content(f"累计{item.joined}"))
        boxes = (printed(tier_text("plain", item.first)), *longer, second, content(item.name), content(item.joined))
        sheet.row(*boxes)
        builder.truth.rows.append(Row(item.first, item.second, item.name, {"值": item.joined}))
    return finished("C mof-2015-88", builder)


def stacked(random: Random) -> GeneratedForm:
    """Return a form with the indicators of both horizons one below the other, each under a heading."""
    table = replace(random_table(random), label="", has_parts=False, has_templates=False, oddity="")
    builder = headed_builder(random, table.width)
    builder.goal("horizons")
    longer, yearly = random.choice((("长期绩效指标", "年度绩效指标"), ("中期绩效指标", "年度绩效指标")))
    for text in random.choice(((longer, yearly), (longer, yearly), (yearly, longer))):
        builder.sheet.row(caption(text, builder.sheet.width))
        if text == yearly:
            builder.indicators(table)
        else:
            print_indicators(builder.sheet, random, long_targets(builder.project.targets), table)
    return finished("Z stacked", builder)


def city_template(random: Random) -> GeneratedForm:
    """Return a form with the indicators of both horizons one below the other, each beside its caption."""
    columns: Columns = [*TIERS[:2], ("name", "指标内容"), ("value", "指标值")]
    table = replace(random_table(random, columns), has_parts=False, has_templates=False, oddity="")
    longer, yearly = random.choice((("总目标绩效指标", "本年度绩效指标"), ("长期绩效指标", "年度绩效指标")))
    table = replace(table, label=longer)
    builder = headed_builder(random, table.width)
    builder.goal("horizons", ["项目绩效目标描述"])
    print_indicators(builder.sheet, random, long_targets(builder.project.targets), table)
    builder.indicators(replace(table, label=yearly))
    builder.footer()
    return finished("Z city template", builder)


def side_by_side(random: Random) -> GeneratedForm:
    """Return two forms beside each other on one sheet, with a blank column between them."""
    style = replace(Style.choose(random), merged=True)
    first, second = (_untitled_builder(random, replace(style)) for _ in range(2))
    left, right = first.sheet.grid(), second.sheet.grid()
    start, rows = left.columns + 1, max(left.rows, right.rows)
    moved = [replace(cell, column=cell.column + start) for cell in right.cells]
    cells = sorted([*left.cells, *moved], key=lambda cell: (cell.row, cell.column))
    form = finished("Z side by side", first, second)
    form.flow = [Grid(tuple(cells), rows, start + right.columns)]
    return form


def _untitled_builder(random: Random, style: Style) -> Builder:
    table = random_table(random)
    builder = Builder(random, random_project(random), table.width, style)
    builder.fields(*FIELDS)
    builder.amount(random.choice(("pair", "rows")))
    builder.goal("cell")
    builder.indicators(table)
    return builder


def one_below_another(random: Random) -> GeneratedForm:
    """Return several forms one below the other on one sheet, with blank rows between them."""
    form = finished("Z one sheet", *several_builders(random, 2))
    columns, top, cells = max(grid.columns for grid in form.flow), 0, []
    for grid in form.flow:
        cells += [replace(cell, row=cell.row + top) for cell in grid.cells]
        top += grid.rows
        if random.random() < 0.3:
            cells.append(Cell("", top, 0))
            top += 1
    form.flow = [Grid(tuple(cells), top, columns)]
    return form


def among_others(random: Random) -> GeneratedForm:
    """Return a form in a document with a letter and with tables of other kinds around it."""
    form = finished("Z among others", mixed_builder(random))
    rows = [["序号", "姓名", "单位", "金额"], ["1", "赵某", "某站", "1500"], ["2", "钱某", "某学院", "2600"]]
    cells = [Cell(text, r, c, label="名册") for r, row in enumerate(rows) for c, text in enumerate(row)]
    roster = Grid(tuple(cells), len(rows), 4)
    letter = line_grid("各单位：请如实填写项目名称、主管部门等内容，于6月30日前报送。")
    form.contents += [*roster.cells, *letter.cells]
    form.captions |= {"姓名", "单位", "金额"}
    match random.choice(("before", "after", "both")):
        case "before":
            form.flow[:0] = [letter, roster]
        case "after":
            form.flow += [roster, letter]
        case _:
            form.flow = [letter, *form.flow, roster]
    return form


def unmerged(random: Random) -> GeneratedForm:
    """Return a form saved without its merged cells: the text is in the first cell, the others are blank (R9)."""
    builder = mixed_builder(random, replace(Style.choose(random), merged=True, has_blanks=False))
    form = finished("Z unmerged", builder)
    form.flow = [_without_spans(grid) for grid in form.flow]
    return form


def _without_spans(grid: Grid) -> Grid:
    texts = {(cell.row, cell.column): cell for cell in grid.cells}
    cells = [
        Cell(
            owner.text if (owner := texts.get((row, column))) else "",
            row,
            column,
            label=f"第{row + 1}行 第{column + 1}列",
        )
        for row in range(grid.rows)
        for column in range(grid.columns)
    ]
    return Grid(tuple(cells), grid.rows, grid.columns)


def continued(random: Random) -> GeneratedForm:
    """Return a form whose indicators continue in another table on the next page, with the heads repeated or not."""
    table = replace(
        random_table(random),
        label="",
        has_parts=False,
        has_templates=False,
        has_two_lines=False,
        oddity="",
        merge="repeated",
    )
    project = random_project(random)
    builder = Builder(random, project, table.width)
    builder.title()
    builder.fields(*FIELDS)
    builder.amount()
    builder.goal()
    every = project.targets
    half = len(every) // 2 or 1
    project.targets = every[:half]
    builder.indicators(table)
    page = Sheet(builder.sheet.width, builder.style)
    builder.truth.rows += print_indicators(page, random, every[half:], table)
    form = finished("Z continued", builder)
    grid = page.grid()
    if random.random() < 0.5:
        cells = tuple(replace(cell, row=cell.row - 1) for cell in grid.cells if cell.row)
        grid = Grid(cells, grid.rows - 1, grid.columns)
    form.flow.append(grid)
    form.contents += [cell for cell in page.contents if cell.row]
    return form


def headings(random: Random) -> GeneratedForm:
    """Return a form with heading rows without a value above the indicators that they group (安徽)."""
    columns: Columns = [*TIERS, ("value", "指标值")]
    table: Table = replace(random_table(random, columns), has_parts=False, has_templates=False, merge="repeated")
    builder = headed_builder(random, table.width)
    builder.goal()
    project = builder.project
    project.targets.insert(0, Target("数量", "设施改造", "", "", "", ""))
    project.targets.insert(1, Target("数量", "其中：改造水站", "≥", "12", "座", "", is_part=True))
    builder.indicators(table)
    return finished("Z headings", builder)


def repeated_captions(random: Random) -> GeneratedForm:
    """Return a form with captions that are parts of others: 项目类型 beside 项目属性, 一级项目名称 beside 项目名称 (R7)."""
    columns: Columns = [*TIERS, ("value", random.choice(v.VALUE))]
    builder = Builder(random, random_project(random), random_table(random, columns).width)
    table = replace(random_table(random, columns), label="", name_width=builder.sheet.width - 3)
    builder.title()
    pairs = [builder.field_pair("项目属性", "项目属性"), builder.name_pair("项目名称")]
    clashes = [
        ("项目类型", ["其他运转类"]),
        ("主管部门意见", ["同意申报"]),
        ("项目单位联系人", ["赵某"]),
        ("项目名称代码", ["00312"]),
    ]
    pairs += [(unknown(text), content(values[0])) for text, values in clashes if random.random() < 0.6]
    for box, value in pairs[2:]:
        builder.truth.fields[box.text] = ("", value.text)
    random.shuffle(pairs)
    builder.print_pairs(pairs)
    builder.amount()
    builder.goal()
    builder.indicators(table)
    return finished("Z like captions", builder)


def half_year(random: Random) -> GeneratedForm:
    """Return a form with a value column for the half and for the whole year."""
    half, whole = random.choice((("半年目标值", "全年目标值"), ("上半年指标值", "全年指标值"), ("半年值", "全年值")))
    columns: Columns = [*TIERS, ("other", half), ("value", whole)]
    others = {half: lambda item: f"半{item.joined}"}
    table = replace(random_table(random, columns), others=others, has_parts=False)
    builder = headed_builder(random, table.width)
    builder.goal()
    builder.indicators(table)
    return finished("Z half year", builder)


def inline(random: Random) -> GeneratedForm:
    """Return a form with fields written in one cell each (项目名称：甲), in the table or in lines above it."""
    columns: Columns = [*TIERS, ("value", random.choice(v.VALUE))]
    table = replace(random_table(random, columns), label="", name_width=1)
    builder = Builder(random, random_project(random), table.width)
    builder.title()
    texts = {
        "主管部门": random.choice(("主管部门", "主管部门名称")),
        "实施单位": random.choice(("实施单位", "填报单位")),
    }
    name = f"项目名称：{builder.project.name}"
    pieces = [f"{text}：{builder.project.fields[label]}" for label, text in texts.items()]
    builder.truth.fields |= {text: (label, builder.project.fields[label]) for label, text in texts.items()}
    builder.sheet.captions |= set(texts.values())
    match random.choice(("lines", "cells", "dates")):
        case "lines":
            builder.before.append(line_grid("    ".join(pieces)))
            builder.sheet.pair(*builder.name_pair("项目名称"))
        case "cells":
            builder.sheet.row(printed(name, 4))
            builder.sheet.row(*(printed(piece, 2) for piece in pieces))
        case _:
            builder.sheet.row(printed(name, 4))
            builder.before.append(line_grid(pieces[0]))
            builder.sheet.row(printed(pieces[1], 4))
            dates = ("起始日期：2019年1月1日", "结束日期：2021年12月31日")
            builder.sheet.row(*(content(date, 2) for date in dates))
            builder.sheet.captions |= {"起始日期", "结束日期"}
    builder.amount()
    builder.goal()
    builder.indicators(table)
    return finished("Z inline", builder)


OTHER_FORMS = (
    c_side_by_side, stacked, city_template, side_by_side, unmerged, one_below_another, among_others, continued, headings,
    repeated_captions, half_year, inline,
)  # fmt: skip
