"""Defects of single cells: values, names, tiers and head fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from seeded_sheet import EFFECTS, Change, Path, Row, Sheet, kind

_TESTED = re.compile(r"验收|检测|评审|审计|考核|评估|评价|评比|质量$|等级|等次|类别")
_RATE_HEADS = ("率", "比例", "占比")
_FIXED = re.compile(r"其中|标准")


def _each(name: str, rows: Callable[[Sheet], list[Row]], change: Callable[[Row], str | None]) -> None:
    """Register a kind that writes another value into each of the rows; None where it does not apply."""

    @kind(name)
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in rows(sheet):
            if (text := change(row)) is not None and text != row.text:
                yield sheet.value(row, text)


def _numbers(sheet: Sheet) -> list[Row]:
    return [row for row in sheet.rows if row.number]


def _digit(wrong: str, digit: str) -> Callable[[Row], str | None]:
    """Write another character for the last occurrence of a digit."""

    def change(row: Row) -> str | None:
        head, found, tail = row.number.rpartition(digit)
        return f"{row.sign}{head}{wrong}{tail}{row.unit}" if found and len(row.number) > 1 else None

    return change


def _number(change: Callable[[str], str | None]) -> Callable[[Row], str | None]:
    """Write another number."""

    def apply(row: Row) -> str | None:
        number = change(row.number)
        return None if number is None else f"{row.sign}{number}{row.unit}"

    return apply


def _of(*kinds: str) -> Callable[[Sheet], list[Row]]:
    return lambda sheet: sheet.of(*kinds)


def _signed(*kinds: str, sign: str, section: str = "") -> Callable[[Sheet], list[Row]]:
    return lambda sheet: [row for row in sheet.of(*kinds) if row.sign == sign and section in row.section]


def _decimals(sheet: Sheet) -> list[Row]:
    return [row for row in _numbers(sheet) if "." in row.number]


def _dates(sheet: Sheet) -> list[Row]:
    return sheet.of("date")


# V1: misread or mistyped digits
for _name, _wrong, _right in (
    ("letter-O", "O", "0"),
    ("small-o", "o", "0"),
    ("circle-zero", "〇", "0"),
    ("letter-l", "l", "1"),
    ("letter-I", "I", "1"),
    ("bar", "|", "1"),
    ("letter-S", "S", "5"),
    ("letter-B", "B", "8"),
):
    _each(f"V1-{_name}", _numbers, _digit(_wrong, _right))
_each("V1-full-stop-for-point", _decimals, _digit("。", "."))
_each("V1-middle-dot-for-point", _decimals, _digit("·", "."))
_each("V1-comma-for-point", _decimals, _digit("，", "."))
_each("V1-two-points", _decimals, _digit("..", "."))
_each("V1-space-in-number", _numbers, _number(lambda n: f"{n[0]} {n[1:]}" if n.isdigit() and len(n) > 2 else None))
_each("V1-lost-point-of-rate", _of("rate"), _number(lambda n: n.replace(".", "") if n[:1] > "7" and "." in n else None))
_each("V1-sign-read-as-2", _signed("rate", "satisfaction", sign="≥"), lambda row: f"2{row.number}{row.unit}")

# V2: sign after the number, sign and words
_SIGNED = ("rate", "satisfaction", "people", "count", "duration", "money", "standard")
_each("V2-sign-after", _of(*_SIGNED), lambda r: f"{r.number}{r.unit}{r.sign}" if r.sign in {"≥", "≤"} else None)
_each("V2-sign-and-words-and-sign", _signed(*_SIGNED, sign="≥"), lambda row: f"{row.text}以上≥")
_each("V2-sign-and-words", _signed(*_SIGNED, sign="≥"), lambda row: f"{row.text}以上")
_each("V2-words-against-sign", _signed(*_SIGNED, sign="≥"), lambda row: f"≤{row.number}{row.unit}以上")
_each("V2-two-signs", _of(*_SIGNED), lambda row: f"{row.sign}{row.text}" if row.sign in {"≥", "≤"} else None)
_each("V2-opposite-signs", _of(*_SIGNED), lambda row: f"≥≤{row.number}{row.unit}" if row.sign else None)

# V3: a note in the cell
for _name, _note in (
    ("pending", "{}（待核实）"),
    ("attached", "{}（见附表）"),
    ("tentative", "{}（暂定）"),
    ("tentative-before", "暂定{}"),
    ("planned", "{}左右"),
    ("estimate", "预计{}"),
):
    _each(f"V3-note-{_name}", _of("people", "count", "rate", "money"), lambda row, note=_note: note.format(row.text))

# V4: impossible or garbled dates
_PARTS = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日前")


def _date(name: str, form: str) -> None:
    def change(row: Row) -> str | None:
        year, month, day = _PARTS.fullmatch(row.text).groups()  # type: ignore[union-attr]
        short = month if int(month) in {4, 6, 9, 11} else "11"
        return form.format(year=year, month=month, day=day, short=short, two=year[:1] + "O" + year[2:])

    _each(f"V4-{name}", _dates, change)


_date("day-31-of-30", "{year}年{short}月31日前")
_date("february-30", "{year}年2月30日前")
_date("month-13", "{year}年13月{day}日前")
_date("day-0", "{year}年{month}月0日前")
_date("day-45", "{year}年{month}月45日前")
_date("compact", "{year}{month:0>2}{day:0>2}")
_date("letter-in-year", "{two}年{month}月")
_date("letter-in-year-and-day", "{two}年{month}月{day}日前")
_date("lost-month-sign", "{year}年{month}{day}日前")
_date("year-of-three-digits", "202年{month}月{day}日前")
_date("year-exchanged", "2052年{month}月{day}日前")
_date("year-before", "2023年{month}月{day}日前")
_date("slash-impossible", "{year}/{short}/31")
_date("dash-impossible", "{year}-13-{day:0>2}前")
_date("unfilled", "{year}年 月 日前")
_date("no-day-written", "{year}年{month}月日前")
_date("serial-number", "45930")

# V5: no measure at all
_WORDS = {
    "数量": ("若干", "按计划完成", "详见清单", "是", "大量", "据实", "按需"),
    "质量": ("符合要求", "达标", "专款专用", "合格", "较好", "符合标准", "高质量完成"),
    "时效": ("按合同约定", "按进度推进", "年内", "及时", "按时完成", "当年", "尽快"),
    "成本": ("严格控制", "合理", "符合相关规定", "控制在预算内", "厉行节约", "据实结算"),
    "效益": ("作用明显", "影响程度明显", "正常运转", "广泛知晓", "有效提升", "显著改善", "是", "推广面广"),
    "可持续": ("长期", "健全", "长远", "持续影响", "不断完善", "有所提高", "可持续"),
    "满意度": ("满意", "较高", "不断提高", "群众认可"),
}


def _word(section: str, word: str) -> None:
    @kind(f"V5-{section}-{word}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.rows:
            named = row.section.endswith(section)
            if named and not (word in {"达标", "合格", "是"} and _TESTED.search(row.name)) and not row.is_event:
                yield sheet.value(row, word)


for _section, _list in _WORDS.items():
    for _one in _list:
        _word(_section, _one)

# V6: the number was never filled in
_PLAIN = ("people", "count", "rate", "money", "duration", "standard")
_each("V6-unit-only", _of(*_PLAIN), lambda row: row.measure)
_each("V6-sign-and-unit", _of(*_PLAIN), lambda row: f"{row.sign or '≥'}{row.measure}")
_each("V6-sign-and-blanks", _of(*_PLAIN), lambda row: f"{row.sign or '≥'}  {row.measure}")
_each("V6-sign-only", _of(*_PLAIN), lambda row: row.sign or None)
_each("V6-asterisks", _of(*_PLAIN), lambda row: f"{row.sign or '≥'}**{row.unit}")
_each("V6-underlines", _of(*_PLAIN), lambda row: f"{row.sign or '≥'}____{row.unit}")
_each("V6-crosses", _of(*_PLAIN), lambda row: f"{row.sign or '≥'}XX{row.unit}")
_each("V6-blank", _numbers, lambda row: "")
_each("V6-dash", _numbers, lambda row: "—")
_each("V6-slash", _numbers, lambda row: "/")
_each("V6-pending", _numbers, lambda row: "待定")

# V7: direction against the good
for _one, _old in (
    ("rate", "≥"),
    ("rate", "≤"),
    ("satisfaction", "≥"),
    ("people", "≥"),
    ("count", "≥"),
    ("duration", "≤"),
    ("money", "≤"),
    ("money", "≥"),
    ("standard", "≤"),
):
    _new = "≤" if _old == "≥" else "≥"
    _each(f"V7-{_one}-{_old}-to-{_new}", _signed(_one, sign=_old), lambda row, new=_new: f"{new}{row.number}{row.unit}")
_each("V7-headcount-≤", lambda s: [r for r in s.of("people") if r.sign in {"", "="} and not r.is_event], lambda r: f"≤{r.number}{r.unit}")


@kind("V7-event-≥")
def _event_reversed(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if row.is_event:
            yield sheet.value(row, f"≥{row.text[-2:]}" if "0" in row.text else "≥0起")


# V8: the value's kind against the name
def _rates(sheet: Sheet) -> list[Row]:
    return [row for row in sheet.of("rate") if row.bare.endswith(_RATE_HEADS)]


_each("V8-rate-as-people", _rates, lambda row: "≥24694人")
_each("V8-rate-as-date", _rates, lambda row: "2025年10月31日前")
_each("V8-rate-as-money", _rates, lambda row: "≤12万元")
_each("V8-satisfaction-as-people", _of("satisfaction"), lambda row: "≥90人")
_each("V8-satisfaction-as-households", _of("satisfaction"), lambda row: "≥180户")
_each("V8-satisfaction-as-complaints", _of("satisfaction"), lambda row: "投诉≤5件")
_each("V8-count-as-rate", _of("people", "count"), lambda row: "≥95%")
_each("V8-count-as-date", _of("people", "count"), lambda row: "2025年10月31日前")
_each("V8-count-as-money", _of("people", "count"), lambda row: "≤12万元")
_each("V8-deadline-as-count", _dates, lambda row: "≥12座")
_each("V8-deadline-as-rate", _dates, lambda row: "100%")
_each("V8-deadline-as-money", _dates, lambda row: "≤12万元")
_each("V8-duration-as-rate", _of("duration"), lambda row: "≥95%")
_each("V8-duration-as-count", _of("duration"), lambda row: "≤3台")
_each("V8-cost-as-count", _of("money"), lambda row: "8个" if row.section == "成本" else None)
_each("V8-cost-as-rate", _of("money"), lambda row: "≤95%" if row.section == "成本" else None)
_each("V8-cost-as-date", _of("money"), lambda row: "2025年10月31日前" if row.section == "成本" else None)
_each("V8-standard-as-rate", _of("standard"), lambda row: "100%")
_each("V8-standard-as-people", _of("standard"), lambda row: "120人")
_each("V8-area-as-length", _numbers, lambda row: "≥36公里" if row.bare.endswith("面积") else None)
_each("V8-length-as-area", _numbers, lambda row: "≥36亩" if row.bare.endswith(("长度", "里程")) else None)
_each("V8-people-as-things", _of("people"), lambda row: f"{row.sign}{row.number}台" if "人数" in row.bare else None)
_each("V8-people-as-occasions", _of("people"), lambda row: f"{row.sign}{row.number}人次" if row.unit == "人" else None)
_each("V8-occasions-as-people", _of("people"), lambda row: f"{row.sign}{row.number}人" if row.unit == "人次" else None)
_each("V8-households-as-people", _of("people"), lambda row: f"{row.sign}{row.number}人" if row.unit == "户" else None)


@kind("V8-unit-column-contradicts")
def _unit_column(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("rate", "satisfaction"):
        if "单位" in row.columns:
            yield sheet.column(row, 值=f"{row.number}%", 单位="人")


@kind("V8-wrong-unit-column")
def _wrong_unit_column(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("rate", "satisfaction", "people", "money"):
        if "单位" in row.columns:
            yield sheet.column(row, 单位="人" if row.unit in {"%", "‰"} else "%")


@kind("V8-value-and-unit-exchanged")
def _value_unit(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if "单位" in row.columns:
            yield sheet.column(row, 值=row.columns["单位"], 单位=row.columns["值"])


@kind("V8-name-and-value-exchanged")
def _name_value(sheet: Sheet) -> Iterator[Change]:
    for row in _numbers(sheet):
        if row.section in {"数量", "质量", "满意度"} and not row.has_columns:
            yield sheet.rename(row, row.text, row.name)


@kind("V8-neighbours-exchanged")
def _neighbours(sheet: Sheet) -> Iterator[Change]:
    for row, other in zip(sheet.rows, sheet.rows[1:], strict=False):
        if row.kind and other.kind and row.unit and other.unit and row.kind != other.kind:
            first, second = sheet.value(row, other.text), sheet.value(other, row.text)
            edit = lambda root, one=first, two=second: (one.edit(root), two.edit(root))  # noqa: E731
            yield Change(sheet, edit, (row.path, other.path), f"{row.name}: {row.text} ⇄ {other.name}: {other.text}")


# V9: size
def _lost_digit(row: Row) -> str | None:
    number = row.number.split(".")[0]
    return f"{row.sign}{number[0]}{row.unit}" if len(number) == 2 and number > "84" and row.sign == "≥" else None


_each("V9-permille-for-percent", _of("rate"), lambda r: f"{r.sign}{r.number}‰" if r.unit == "%" and r.number > "8" else None)
_each("V9-rate-with-a-digit-more", _rates, _number(lambda n: f"{n}0" if "8" < n < "99.99" and n.isdigit() else None))
_each("V9-rate-digit-repeated", _rates, _number(lambda n: f"{n}{n[-1]}" if "8" < n < "99.99" and n.isdigit() else None))
_each("V9-rate-hundred-more", _rates, _number(lambda n: f"1{n}" if "8" < n <= "99.99" else None))
_each("V9-rate-lost-a-digit", lambda s: [*_rates(s), *s.of("satisfaction")], _lost_digit)
_each("V9-rate-zero", _signed("rate", sign="≥"), _number(lambda n: "0"))
_each("V9-rate-negative", _rates, _number(lambda n: f"-{n}"))
_each("V9-satisfaction-above-100", _of("satisfaction"), _number(lambda n: "120"))
_each("V9-satisfaction-over-full", _of("satisfaction"), lambda row: "≥100%")
_each("V9-scale-twice", _of("people", "count"), _number(lambda n: str(int(Decimal(n) * 10000))))
_each("V9-count-zero", _of("people", "count"), lambda row: None if row.is_event else f"{row.sign}0{row.unit}")
_each("V9-count-negative", _of("people", "count"), lambda r: None if r.is_event else f"{r.sign}-{r.number}{r.unit}")
_each("V9-people-with-decimals", _of("people"), lambda row: f"{row.sign}{row.number}.5{row.unit}" if row.unit in {"人", "户"} else None)
_each("V9-count-with-decimals", _of("count"), lambda row: f"{row.sign}{row.number}.5{row.unit}" if row.unit in set("所座个台套辆场次件") else None)
_each("V9-cost-zero", lambda s: [r for r in s.of("money", "standard") if r.section == "成本"], _number(lambda n: "0"))
_each("V9-cost-negative", lambda s: [r for r in s.of("money", "standard") if r.section == "成本"], _number(lambda n: f"-{n}"))
_each("V9-duration-zero", _of("duration"), _number(lambda n: "0"))
_each("V9-percent-as-fraction", _rates, lambda row: f"{row.sign}{Decimal(row.number) / 100}" if row.number > "5" else None)

# V10: unit lost
_each("V10-money", _of("money"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
_each("V10-count", _of("people", "count"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
_each("V10-percent", _of("rate"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
_each("V10-percent-of-satisfaction", _of("satisfaction"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
_each("V10-duration", _of("duration"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
_each("V10-standard", _of("standard"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
_each("V10-per-unit", _of("standard"), lambda row: row.text.split("/")[0] if "/" in row.unit else None)
_each("V10-period", _of("standard"), lambda row: row.text.split("·")[0] if "·" in row.unit else None)
_each("V10-yuan", _of("money"), lambda row: f"{row.sign}{row.number}万" if row.unit == "万元" else None)
_each("V10-scale-of-money", _of("money"), lambda row: f"{row.sign}{row.number}元" if row.unit == "万元" and row.section == "成本" else None)
_each("V10-slash-without-money", _of("standard"), lambda row: row.text.replace("万元", "").replace("元", "") if "/" in row.unit else None)


# V11: the tier
def _moved(name: str, rows: Callable[[Sheet], list[Row]], section: str) -> None:
    @kind(f"V11-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in rows(sheet):
            tier = sheet.tiers.get(section)
            if tier and row.section != section and isinstance(row.path[-1], str):
                yield sheet.move(row, tier)


def _from(section: str, *kinds: str) -> Callable[[Sheet], list[Row]]:
    return lambda s: [row for row in s.in_section(section) if row.kind in kinds and not row.name.startswith("其中")]


_moved("rate-under-quantity", _from("质量", "rate"), "数量")
_moved("rate-under-cost", _from("质量", "rate"), "成本")
_moved("count-under-quality", _from("数量", "people", "count"), "质量")
_moved("count-under-time", _from("数量", "people", "count"), "时效")
_moved("count-under-cost", _from("数量", "people", "count"), "成本")
_moved("count-under-satisfaction", _from("数量", "people", "count"), "满意度")
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
    "项目期限": ("2025年1月至", "2025年13月", "见合同", "2025年12月至2025年1月", "12", "待定", "2025年2月30日至2025年12月31日", "20246-202516", "2025年 月至 月"),
    "项目主管处室": ("XX股", "同上", "/", "王芳", "待定", "13900000000"),
}


def _field(label: str, text: str) -> None:
    @kind(f"V13-{label}-{text.replace('/', '／')}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        if label in sheet.data:
            yield sheet.field(label, text)


for _label, _texts in _FIELDS.items():
    for _text in _texts:
        _field(_label, _text)
    _field(_label, "")


# V14: the order of dates
@kind("V14-order-of-dates")
def _order(sheet: Sheet) -> Iterator[Change]:
    for before, after in (("开工", "完工"), ("春季", "秋季"), ("春节", "八一"), ("到货", "投入使用"), ("路基", "通车"), ("搭建", "举办")):
        rows = sheet.in_section("时效")
        early = [row for row in rows if before in row.name and row.text[:2] == "20"]
        late = [row for row in rows if after in row.name and row.text[:2] == "20"]
        if early and late:
            yield _exchanged(sheet, early[0], late[0])


def _exchanged(sheet: Sheet, one: Row, two: Row, *more: Path) -> Change:
    first, second = sheet.value(one, two.text), sheet.value(two, one.text)

    def edit(root: object) -> None:
        first.edit(root)
        second.edit(root)

    return Change(sheet, edit, (one.path, two.path, *more), f"{one.name}: {one.text} ⇄ {two.name}: {two.text}")
