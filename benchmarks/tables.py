"""Generator of tables of about 2 KB like those of counties, reproducible by seed, some with defects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

SEED = 2025
DEFECTIVE = 0.5
"""The share of tables with one to three of the DEFECTS; the others may still have a vague target."""


def _words(text: str) -> list[str]:
    return text.split()


COUNTIES = _words("平罗县 贺兰县 永宁县 中宁县 海原县 盐池县 同心县 彭阳县 隆德县 泾源县")
BUREAUS = {
    "人力资源和社会保障局": ("就业创业服务局", "社会保障室"),
    "民政局": ("社会救助服务中心", "社会事务室"),
    "卫生健康局": ("疾病预防控制中心", "基层卫生室"),
    "教育体育局": ("学生资助管理中心", "计划财务室"),
    "农业农村局": ("农业技术推广服务中心", "产业发展室"),
    "残疾人联合会": ("残疾人综合服务中心", "康复就业室"),
}
GROUPS = _words(
    "公益性岗位人员 城乡低保对象 困难残疾人 高龄老人 乡村医生 孤儿及事实无人抚养儿童 退役军人 家庭经济困难学生 "
    "就业困难人员 脱贫劳动力 村级防疫员 生态护林员 特困供养对象 返乡创业青年 社区工作者 独生子女父母"
)
GRANTS = _words("岗位补贴 生活补助 社会保险补贴 护理补贴 交通补助 取暖补贴 培训补贴 助学补助 体检补助 意外保险补助")
GOALS = (
    "资金按规定用于{group}{grant}，做到专款专用、账目清楚。",
    "确保{grant}及时下达、足额到位，按月通过一卡通发放到{group}本人。",
    "全年计划为 {people} 名{group}发放{grant}，标准为每人每月 {standard} 元。",
    "加强资格审核和动态管理，对不再符合条件的{group}及时停发。",
    "确保服务对象满意，切实减轻{group}的生活负担。",
    "严格执行财务制度，支出手续完整合规，资料归档及时，接受审计和社会监督，确保{grant}资金安全。",
)
SOCIAL = {
    "因{grant}发放引发的群体性事件数量": ("0 起", "减少", "≤1 起"),
    "{group}政策知晓率": ("≥90%", "≥85%", "提高"),
    "{group}基本生活保障水平": ("有效提高", "明显改善", "提高 5%"),
    "受理{group}关于{grant}的投诉办结率": ("≥98%", "100%", "=100%"),
}
LASTING = {
    "{group}经济负担": ("降低", "持续降低", "降低 3 个百分点"),
    "补贴资金动态管理机制": ("健全", "长期", "每季度核查 1 次"),
    "{group}就业和生活能力持续提升人数（人）": ("≥30 人", "≥120 人", "有所提升"),
}

_EMPTY = "''"


@dataclass
class Draft:
    """A table before it is written; `tiers` has pairs of name and value, since a defect may repeat a name."""

    head: dict[str, str]
    goals: list[str]
    tiers: dict[str, list[tuple[str, str]]]
    people: int
    standard: int
    lump: int
    extra: list[str] = field(default_factory=list)


def tables(count: int, *, seed: int = SEED, defective: float = DEFECTIVE, readable: bool = False) -> dict[str, str]:
    """Return the texts of `count` tables by file name; the first ones are the same for any count."""
    return dict(_named_tables(count, seed, defective, readable=readable))


def _named_tables(count: int, seed: int, defective: float, *, readable: bool) -> Iterator[tuple[str, str]]:
    for index in range(count):
        yield f"{index:05}.yaml", table(index, seed=seed, defective=defective, readable=readable)


def table(index: int, *, seed: int = SEED, defective: float = DEFECTIVE, readable: bool = False) -> str:
    """Return the text of one table.

    With `defective=0` it has no defect and can be rendered. With `readable` it is valid YAML without duplicate keys,
    since some peers stop at the first file that is not.
    """
    random = Random(f"{seed} {index}")
    draft = _draft(random, index)
    chosen = random.sample(range(len(DEFECTS)), random.choice((1, 1, 2, 3))) if random.random() < defective else []
    for number in sorted(chosen):  # renaming a tier comes last, since other defects look the tier up by name
        if not (readable and DEFECTS[number] is repeated_key):
            DEFECTS[number](draft, random)
    text = _text(draft, random)
    return _break_yaml(text, random) if chosen and not readable and random.random() < 0.02 else text


def write_tables(
    folder: Path, count: int, *, seed: int = SEED, defective: float = DEFECTIVE, readable: bool = False
) -> list[Path]:
    """Write `count` tables to files in a folder and return their paths; more than 1,000 go to subfolders of 1,000."""
    paths = []
    for index, (name, text) in enumerate(_named_tables(count, seed, defective, readable=readable)):
        subfolder = folder / f"{index // 1000:03}" if count > 1000 else folder
        subfolder.mkdir(parents=True, exist_ok=True)
        path = subfolder / name
        path.write_text(text, encoding="utf-8", newline="")
        paths.append(path)
    return paths


def _draft(random: Random, index: int) -> Draft:
    county, group, grant = random.choice(COUNTIES), random.choice(GROUPS), random.choice(GRANTS)
    bureau, (unit, office) = random.choice(list(BUREAUS.items()))
    people, standard = random.randint(12, 4200), random.choice((100, 180, 260, 420, 650, 1000, 1367, 2050, 5500))
    lump = random.choice((0, 0, 0, 5, 12, 20)) * 10_000
    head = {
        "项目名称": f"{group}{grant}（{index + 1}）",
        "主管部门": f"{county}{bureau}",
        "实施单位": f"{county}{unit}",
        "项目属性": random.choice(("延续项目", "新增项目", "延续项目", "")),
        "项目期限": "2025 年 1 月至 12 月",
        "项目主管处室": office,
        "项目年度金额": _amount(people * standard * 12 + lump),
    }
    words = {"group": group, "grant": grant, "people": str(people), "standard": str(standard)}
    goals = [goal.format_map(words) for goal in random.sample(GOALS, random.randint(3, 5))]
    tiers = _tiers(random, words)
    if lump:
        tiers["14-成本指标"].append((f"{grant}宣传、印刷、审核等工作经费", _amount(lump)))
    return Draft(head, goals, tiers, people, standard, lump)


def _tiers(random: Random, words: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    def choose(pool: dict[str, tuple[str, ...]], count: int) -> list[tuple[str, str]]:
        return [(name.format_map(words), random.choice(pool[name])) for name in random.sample(list(pool), count)]

    group, grant = words["group"], words["grant"]
    quality = [f"{grant}发放准确率", f"{group}资格审核通过率", "补贴对象信息公示率", "经费支出手续完整性及合规性"]
    on_time = [("资金在规定时间内下达率", "≥95%"), ("补贴资金在规定时间内支付到位率", _rate(random))]
    number = [(f"享受{grant}的{group}数量（人）", f"{words['people']} 人")]
    if random.random() < 0.7:
        number.append((f"开展{group}政策宣传场次（场）", f"≥{random.randint(2, 24)} 场"))
    return {
        "11-数量指标": number,
        "12-质量指标": [(name, _rate(random)) for name in quality[: random.randint(2, 4)]],
        "13-时效指标": [*on_time, ("年度资金支付完成时间", "2025 年 12 月 31 日前")][: random.randint(2, 3)],
        "14-成本指标": [(f"{group}{grant}人均标准", f"{words['standard']} 元/月")],
        "22-社会效益": choose(SOCIAL, random.randint(2, 3)),
        "24-可持续影响": choose(LASTING, random.randint(1, 2)),
        "31-服务对象满意度": [
            (f"{group}对{grant}工作的满意度", _rate(random, 80)),
            (f"经办机构工作人员对{grant}信息系统的满意度", _rate(random, 80)),
        ][: random.randint(1, 2)],
    }


def _rate(random: Random, minimum: int = 90) -> str:
    return f"≥{random.randrange(minimum, 100)}%"


def _amount(yuan: int | Decimal) -> str:
    return f"{(Decimal(yuan) / 10_000).quantize(Decimal('0.01')).normalize():f} 万元"


def _text(draft: Draft, random: Random) -> str:
    lines = ["# yaml-language-server: $schema=../../schemas/table.schema.json"]
    lines += [f"{label}: {value}".rstrip() for label, value in draft.head.items()]
    lines += ["年度总体绩效目标:", *(f"  - {goal}" for goal in draft.goals), "绩效指标:"]
    lines += random.choices((_two_levels, _three_levels, _columns), (70, 15, 15))[0](draft)
    return "\n".join([*lines, *draft.extra, ""])


def _two_levels(draft: Draft) -> Iterator[str]:
    for tier, rows in draft.tiers.items():
        yield f"  {tier}:"
        yield from (f"    {name}: {value}".rstrip() for name, value in rows)


def _three_levels(draft: Draft) -> Iterator[str]:
    labels = {"1": "1-产出指标", "2": "2-效益指标", "3": "3-满意度指标"}
    previous = ""
    for tier, rows in draft.tiers.items():
        first = labels.get(tier[0], previous or labels["1"])
        if first != previous:
            yield f"  {first}:"
        previous = first
        yield f"    {tier}:"
        yield from (f"      {name}: {value}".rstrip() for name, value in rows)


def _columns(draft: Draft) -> Iterator[str]:
    for tier, rows in draft.tiers.items():
        yield f"  {tier}:"
        for name, value in rows:
            yield f"    {name}: {{值: {value or _EMPTY}, 权重: {10 if tier < '2' else 15}}}"


def _break_yaml(text: str, random: Random) -> str:
    """Return the text as invalid YAML."""
    return text.replace("项目属性:", random.choice(("项目属性: [", "项目属性: '", "项目属性: : ")), 1)


def _set_first_value(draft: Draft, tier: str, value: str) -> None:
    """Set the value of the first row of a tier, if the tier has rows."""
    rows = draft.tiers.get(tier)
    if rows:
        rows[0] = (rows[0][0], value)


def wrong_amount(draft: Draft, random: Random) -> None:
    """Change the amount, so that it does not match the calculation."""
    yuan = Decimal(draft.people * draft.standard * 12 + draft.lump)
    factor = random.choice(("0.5", "0.75", "1.2", "10", "10000"))
    draft.head["项目年度金额"] = _amount(yuan * Decimal(factor))


def no_unit(draft: Draft, random: Random) -> None:
    """Add an indicator whose target has no unit."""
    draft.tiers["11-数量指标"].append(("审核补贴申请材料数量", f"≥{random.randint(20, 900)}"))


def no_period(draft: Draft, _: Random) -> None:
    """Remove the period from the standard per person."""
    _set_first_value(draft, "14-成本指标", f"{draft.standard} 元")


def not_numeric(draft: Draft, random: Random) -> None:
    """Replace a deadline by a vague word."""
    _set_first_value(draft, "13-时效指标", random.choice(("及时", "按时完成", "长期")))


def loose_operator(draft: Draft, random: Random) -> None:
    """Write the operator of a rate in an irregular way."""
    _set_first_value(draft, "12-质量指标", random.choice(("≧95%", "95%以上", "不低于95%", "达到95%")))


def placeholder(draft: Draft, random: Random) -> None:
    """Replace a target by a placeholder."""
    _set_first_value(draft, "22-社会效益", random.choice(("待定", "≥××%", "无")))


def empty_value(draft: Draft, _: Random) -> None:
    """Remove the satisfaction target."""
    _set_first_value(draft, "31-服务对象满意度", "")


def renamed_tier(draft: Draft, random: Random) -> None:
    """Rename the first tier."""
    label = random.choice(("数量指标", "11-数量", "12-数量指标"))
    draft.tiers = {label if tier == "11-数量指标" else tier: rows for tier, rows in draft.tiers.items()}


def missing_tier(draft: Draft, random: Random) -> None:
    """Remove a tier."""
    draft.tiers.pop(random.choice(("13-时效指标", "24-可持续影响", "31-服务对象满意度")), None)


def repeated_key(draft: Draft, _: Random) -> None:
    """Repeat an indicator under the same key."""
    rows = draft.tiers["12-质量指标"]
    rows.append(rows[0])


def repeated_indicator(draft: Draft, _: Random) -> None:
    """Repeat an indicator under a numbered key."""
    name, value = draft.tiers["12-质量指标"][0]
    draft.tiers["12-质量指标"].append((f"指标2：{name}", value))


def blank_field(draft: Draft, random: Random) -> None:
    """Leave a field of the head blank."""
    draft.head[random.choice(("主管部门", "项目期限", "项目主管处室"))] = ""


def missing_field(draft: Draft, random: Random) -> None:
    """Remove a field of the head."""
    draft.head.pop(random.choice(("主管部门", "项目期限", "项目主管处室")), None)


def unknown_key(draft: Draft, random: Random) -> None:
    """Add an unknown field to the head."""
    draft.head[random.choice(("实施单立", "项目负责人", "项目年度金額"))] = "平罗县"


def wrong_type(draft: Draft, _: Random) -> None:
    """Write a mapping in a text field."""
    draft.head["项目主管处室"] = "{室: 社会保障室}"


def calculation(draft: Draft, random: Random) -> None:
    """Add a calculation that may not match the amount."""
    months = random.choice((6, 11, 12))
    line = f'{{项目: 补贴, 人数: {draft.people} 人, 标准: {draft.standard} 元/月, 月数: "{months}"}}'
    draft.extra += ["资金测算:", f"  - {line}", "  - {项目: 工作经费, 金额: 0.5 万元}"]


def idle_waiver(draft: Draft, random: Random) -> None:
    """Add a waiver that has expired."""
    rule = random.choice(("amount-mismatch", "missing-unit", "blank-field"))
    draft.extra += ["豁免:", f"  - {{规则: {rule}, 理由: 年中调整 {random.randint(1, 90)} 人, 至: 2024-12-31}}"]


Defect = Callable[[Draft, Random], None]
DEFECTS: tuple[Defect, ...] = (
    wrong_amount,
    no_unit,
    no_period,
    not_numeric,
    loose_operator,
    placeholder,
    empty_value,
    missing_tier,
    repeated_key,
    repeated_indicator,
    blank_field,
    missing_field,
    unknown_key,
    wrong_type,
    calculation,
    idle_waiver,
    renamed_tier,
)
