"""Seeded defects of tiers, names, head fields and the order of dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seeded_row import EFFECTS, Row
from seeded_sheet import Change, Sheet, kind


# V11: the tier
def _moved(name: str, rows: Callable[[Sheet], list[Row]], section: str) -> None:
    @kind(f"V11-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in rows(sheet):
            tier = sheet.tiers.get(section)
            alone = len(sheet.in_section(row.section)) == 1
            if tier and row.section != section and isinstance(row.path[-1], str) and not alone:
                yield sheet.move(row, tier)


def _from(section: str, *kinds: str) -> Callable[[Sheet], list[Row]]:
    return lambda s: [row for row in s.in_section(section) if row.kind in kinds and not row.name.startswith("其中")]


def _counts(sheet: Sheet) -> list[Row]:
    """Return the counts of whole things; a width or a thickness may well be a quality."""
    rows = _from("数量", "people", "count")(sheet)
    return [
        row
        for row in rows
        if row.kind == "people" or row.measure.removeprefix("万") in set("个台套座所条家场期次册篇件辆枚块")
    ]


_moved("rate-under-quantity", _from("质量", "rate"), "数量")
_moved("rate-under-cost", _from("质量", "rate"), "成本")
_moved("count-under-quality", _counts, "质量")
_moved("count-under-time", _counts, "时效")
_moved("count-under-cost", _counts, "成本")
_moved("count-under-satisfaction", _counts, "满意度")
_moved("date-under-quantity", _from("时效", "date"), "数量")
_moved("date-under-quality", _from("时效", "date"), "质量")
_moved("date-under-effect", _from("时效", "date"), "社会效益")
_moved("duration-under-cost", _from("时效", "duration"), "成本")
_moved("money-under-quantity", _from("成本", "money", "standard"), "数量")
_moved("money-under-quality", _from("成本", "money", "standard"), "质量")
_moved("money-under-time", _from("成本", "money", "standard"), "时效")
_moved("cost-under-ecology", _from("成本", "money", "standard"), "生态效益")
_moved("cost-under-social-effect", _from("成本", "money", "standard"), "社会效益")
_moved("satisfaction-under-social-effect", _from("满意度", "satisfaction"), "社会效益")
_moved("satisfaction-under-quality", _from("满意度", "satisfaction"), "质量")


@kind("V11-satisfaction-instead-of-effect")
def _satisfied_effect(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.in_section(*EFFECTS):
        yield sheet.rename(row, "社会公众满意度", "≥90%")


# V12: names
def _named(name: str, new: str, *sections: str) -> None:
    @kind(f"V12-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.in_section(*sections) if sections else sheet.rows:
            yield sheet.rename(row, new.format(name=row.name, bare=row.bare, value=row.text))


_named("number", "指标1")
_named("crosses", "XX数量", "数量")
_named("pending", "待补充")
_named("other", "其他")
_named("slash", "/")
_named("unfilled-remnant", "{bare}（≥**%）", "质量", "满意度")
_named("underlines", "____{bare}", "数量")
_named("target-in-name", "{bare}{value}", "质量", "满意度", "成本", "数量")
_named("bare-word-time", "时效", "时效")
_named("bare-word-cost", "成本", "成本")
_named("bare-word-quantity", "数量", "数量")
_named("bare-word-quality", "质量", "质量")
_named("bare-word-service", "服务", "社会效益", "可持续")
_named("state", "工程质量合格", "质量")
_named("state-of-effect", "社会和谐稳定", "社会效益")
_named("task", "确保完成供水任务", "数量")
_named("task-of-team", "加强管护队伍建设", "数量", "可持续")
_named("slogan", "为民众办好事、办实事", "质量", "社会效益")
_named("amount-as-name", "20万元", "成本")
_named("composite", "{bare}和群众知晓率", "质量", "社会效益")
_named("and-so-on", "{bare}等", "数量", "质量")
_named("tier-as-name", "数量指标", "数量")
_named("blank", "", "数量", "质量", "时效", "成本", "满意度")


@kind("V12-input-as-output")
def _input(sheet: Sheet) -> Iterator[Change]:
    for name in ("每年财政补助", "投入财政资金", "安排项目资金"):
        if not sheet.rows[0].has_columns:
            yield sheet.add(sheet.tiers["数量"], [(name, "1000万元")])


# V13: head fields
_FIELDS = {
    "主管部门": ("XX局", "同上", "/", "待定", "张伟", "0951-6011000", "2025年3月1日", "有关部门", "无"),
    "实施单位": ("XX中心", "同上", "—", "待定", "李娜", "13900000000", "2025年3月1日", "各单位", "_____"),
    "项目属性": ("□新增 □延续", "☑新增 ☑延续", "新增/延续", "是", "重点项目（待定）", "2025年", "√"),
    "项目期限": (
        "2025年1月至",
        "2025年13月",
        "见合同",
        "2025年12月至2025年1月",
        "12",
        "待定",
        "2025年2月30日至2025年12月31日",
        "20246-202516",
        "2025年 月至 月",
    ),
    "项目主管处室": ("XX股", "同上", "/", "王芳", "待定", "13900000000"),
}


def _field(label: str, text: str) -> None:
    @kind(f"V13-{label}-{text.replace('/', '／')}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        if label in sheet.data and (text or sheet.requires(label)):
            yield sheet.field(label, text)


for _label, _texts in _FIELDS.items():
    for _text in _texts:
        _field(_label, _text)
    _field(_label, "")


# V14: the order of dates
@kind("V14-order-of-dates")
def _order(sheet: Sheet) -> Iterator[Change]:
    for before, after in (
        ("开工", "完工"),
        ("春季", "秋季"),
        ("春节", "八一"),
        ("到货", "投入使用"),
        ("路基", "通车"),
        ("搭建", "举办"),
    ):
        rows = sheet.in_section("时效")
        early = [row for row in rows if before in row.name and row.text[:2] == "20"]
        late = [row for row in rows if after in row.name and row.text[:2] == "20"]
        if early and late:
            yield sheet.both(sheet.value(early[0], late[0].text), sheet.value(late[0], early[0].text))
