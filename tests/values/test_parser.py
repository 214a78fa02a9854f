"""The values of targets: every form of values.md, properties of reading and writing, and hostile input."""

import datetime as dt
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from perftarget.text.normalize import compact, fold
from perftarget.values import number_parser as grammar
from perftarget.values import qualitative as words
from perftarget.values.parser import (
    MAX_LENGTH,
    Boolean,
    Date,
    Delta,
    Empty,
    Frequency,
    Grade,
    MultipleValues,
    Operator,
    Period,
    Placeholder,
    Quantity,
    Range,
    Scale,
    Text,
    Trend,
    Unit,
    Zero,
    date_from_serial,
    normalize_name,
    parse,
    parse_unit,
    period_in_name,
    unit_in_name,
)
from perftarget.values.units import KINDS, PERIODS

# raw → kind, normal form, fields: the rows of values.md in order, then the five real tables.
TABLE = """
≥95% | Quantity | ≥95% | number=95 operator=≥ unit=% is_rate=True plain=True
≧95% | Quantity | ≥95% | operator=≥ plain=False
⩾95% | Quantity | ≥95% | operator=≥ plain=False
>=95% | Quantity | ≥95% | operator=≥ plain=False words=(>=)
=>95% | Quantity | ≥95% | operator=≥ plain=False
＞=95% | Quantity | ≥95% | operator=≥ plain=False
‹=5% | Quantity | ≤5% | operator=≤
═100% | Quantity | =100% | operator==
≦5% | Quantity | ≤5% | operator=≤
⩽5% | Quantity | ≤5% | operator=≤
≥ 95 % | Quantity | ≥95% | operator=≥ plain=True
≥95％ | Quantity | ≥95% |
９５％ | Quantity | 95% | number=95 operator=None
98％ | Quantity | 98% |
98﹪ | Quantity | 98% | is_rate=True
95%以上 | Quantity | ≥95% | operator=≥ plain=False words=(以上)
95%（含）以上 | Quantity | ≥95% | operator=≥
95%及以上 | Quantity | ≥95% | operator=≥
不低于95% | Quantity | ≥95% | operator=≥ plain=False
至少95% | Quantity | ≥95% | operator=≥
达到95% | Quantity | 达到95% | operator=None reach=达到
达到95%以上 | Quantity | 达到95%以上 | operator=≥ reach=达到
提高到95%以上 | Quantity | 提高到95%以上 | operator=≥ reach=提高到
≥95%以上 | Quantity | ≥95% | operator=≥ has_repeated_operator=True plain=False
≤95%以上 | Quantity | ≤95%以上 | operator=None conflict=(≤,≥) has_repeated_operator=False
≥≤95% | Quantity | ≥95%以下 | operator=None conflict=(≥,≤)
超过95% | Quantity | >95% | operator=>
>95% | Quantity | >95% | operator=> plain=True
低于5% | Quantity | <5% | operator=<
100% | Quantity | 100% | operator=None
=100% | Quantity | =100% | operator==
≥100% | Quantity | ≥100% | operator=≥
>100% | Quantity | >100% | operator=>
0.95 | Quantity | 0.95 | number=0.95 unit=None
95 | Quantity | 95 | unit=None is_rate=False
718 | Quantity | 718 | number=718 unit=None operator=None
945 人 | Quantity | 945人 | number=945 unit=人
551人 | Quantity | 551人 | unit=人
20 次 | Quantity | 20次 | unit=次
25 家 | Quantity | 25家 | unit=家
≥5000次 | Quantity | ≥5000次 | number=5000
≥5,000次 | Quantity | ≥5000次 | number=5000 operator=≥
≥5，000次 | Quantity | ≥5000次 | number=5000
1，2 | MultipleValues | 1、2 |
2050元/月 | Quantity | 2050元/月 | money=2050 per=(月)
2050 元/人·月 | Quantity | 2050元/人·月 | money=2050 per=(人,月)
2050元/人/月 | Quantity | 2050元/人·月 | per=(人,月)
1130元/月/人 | Quantity | 1130元/人·月 | per=(人,月)
2050元/人月 | Quantity | 2050元/人·月 | per=(人,月)
2050元/每人每月 | Quantity | 2050元/人·月 | per=(人,月)
每人每月2050元 | Quantity | 2050元/人·月 | per=(人,月)
7000元 | Quantity | 7000元 | money=7000 per=()
1500元/学期 | Quantity | 1500元/学期 | per=(学期)
3000元/人·次 | Quantity | 3000元/人·次 | per=(人,次)
12万元 | Quantity | 12万元 | number=12 scale=万 unit=元 money=120000
12 万元 | Quantity | 12万元 | money=120000
12万 | Quantity | 12万 | number=12 scale=万 unit=None amount=120000 money=None bare_scale=True
≤380万 | Quantity | ≤380万 | operator=≤ scale=万 unit=None
250万 | Quantity | 250万 | amount=2500000
≤620万/月 | Quantity | ≤620万/月 | amount=6200000 per=(月) bare_scale=True money=None
1.5亿元 | Quantity | 1.5亿元 | number=1.5 money=150000000
120万人次 | Quantity | 120万人次 | number=120 scale=万 unit=人次 amount=1200000
1346.0088万平方米 | Quantity | 1346.0088万平方米 | amount=13460088 unit=平方米
3.2千米 | Quantity | 3.2千米 | scale= unit=千米
3千人 | Quantity | 3千人 | amount=3000 unit=人
十万 | Quantity | 10万 | amount=100000
十二万元 | Quantity | 12万元 | money=120000
十二万三千元 | Quantity | 123000元 | money=123000
三家 | Quantity | 3家 | unit=家
百分之九十五 | Quantity | 95% | is_rate=True
百分之95以上 | Quantity | ≥95% | operator=≥
两次 | Quantity | 2次 |
一次性 | Text | 一次性 |
一般 | Grade | 一般 |
十分 | Text | 十分 |
2400平米 | Quantity | 2400平方米 | unit=平方米
2400㎡ | Quantity | 2400平方米 |
2400m² | Quantity | 2400平方米 |
80M | Quantity | 80M | unit=M
5公里 | Quantity | 5公里 |
5km | Quantity | 5公里 |
300亩 | Quantity | 300亩 |
2公顷 | Quantity | 2公顷 |
101人/次 | Quantity | 101人/次 | unit=人/次
10台套 | Quantity | 10台套 |
200人/天 | Quantity | 200人/天 | per=(天)
35元/平方米 | Quantity | 35元/平方米 | money=35 per=(平方米)
2户/年 | Quantity | 2户/年 | per=(年)
5颗 | Quantity | 5颗 | unit=颗
≤3天 | Quantity | ≤3天 | operator=≤
3个工作日内 | Quantity | ≤3个工作日 | operator=≤ unit=个工作日
3工作日 | Quantity | 3个工作日 |
30日以内 | Quantity | ≤30日 | operator=≤ unit=日
30分钟 | Quantity | 30分钟 |
控制在5%以内 | Quantity | ≤5% | operator=≤ has_repeated_operator=False
2025年12月底前 | Date | 2025年12月31日前 | year=2025 month=12 day=31 before=True
2025年12月31日前 | Date | 2025年12月31日前 | before=True
2025.12.31 | Date | 2025年12月31日 | before=False
12月底 | Date | 12月31日 | year=None month=12 day=31
2025-12-31 | Date | 2025年12月31日 | day=31
2025年2月底前 | Date | 2025年2月28日前 |
2月底前 | Date | 2月底前 | day=None part=底
2025年底前 | Date | 2025年12月31日前 |
12月底前完成 | Date | 12月31日前完成 | action=完成
≤2025年12月31日 | Date | 2025年12月31日前 |
2025年12月 | Date | 2025年12月 | day=None before=False
12月 | Date | 12月 | month=12
2025.13.31 | Text | 2025.13.31 |
44561 | Quantity | 44561 |
第一季度 | Date | 3月31日前 | year=None before=True
2025年第四季度前 | Date | 2025年12月31日前 |
每季度末月20日 | Frequency | 每季度末月20日 | period=季度 at=末月20日 quantity=None
按月 | Frequency | 按月 | period=月
2023.07-2024.01 | Period | 2023年7月至2024年1月 | months=7
2020年1月--2020年11月 | Period | 2020年1月至11月 | months=11
2025年1月至12月 | Period | 2025年1月至12月 | months=12
2019-2021 | Period | 2019年至2021年 | months=36
2025年 | Period | 2025年 | months=12
2025年1-12月 | Period | 2025年1月至12月 | months=12
2025-01-01至2025-12-31 | Period | 2025年1月1日至12月31日 | months=12
2025年12月至1月 | Period | 2025年12月至1月 | reversed=True months=None
20246-202516 | Text | 20246-202516 |
1次/月 | Frequency | 1次/月 | period=月
每月1次 | Frequency | 1次/月 | period=月
每年一次 | Frequency | 1次/年 | period=年
不少于4次/年 | Frequency | ≥4次/年 | period=年
每年不少于4次 | Frequency | ≥4次/年 | period=年
6个月 | Quantity | 6个月 | unit=个月
80-100 | Range | 80—100 | reversed=False one_sided=False
80%-100% | Range | 80%—100% | one_sided=False is_rate=True
80-100% | Range | 80%—100% | one_sided=True
3-5家 | Range | 3—5家 | one_sided=True
3～5家 | Range | 3—5家 |
100-80人 | Range | 100—80人 | reversed=True
500元-1万元 | Range | 500元—1万元 | reversed=False
约500人 | Quantity | 约500人 | approximate=True number=500
500人左右 | Quantity | 约500人 | approximate=True
500余人 | Quantity | 约500人 | approximate=True
增长5% | Delta | 增长5% | direction=up base=
较上年提高3个百分点 | Delta | 较上年提高3个百分点 | direction=up base=较上年
同比下降≥5% | Delta | 同比下降≥5% | direction=down base=同比
较上年≥5% | Delta | 较上年≥5% | direction=None base=较上年
0 | Zero | =0 | unit=None
0起 | Zero | =0起 | unit=起
≤0起 | Zero | =0起 | unit=起
0% | Quantity | 0% |
0元 | Quantity | 0元 |
不发生 | Zero | =0起 |
零发生 | Zero | =0起 |
无 | Placeholder | 无 |
减少 | Trend | 减少 | direction=down
降低 | Trend | 降低 | direction=down
提高 | Trend | 提高 | direction=up
显著提高 | Trend | 显著提高 | direction=up intensifier=显著
明显改善 | Trend | 明显改善 | direction=up intensifier=明显
有效提高 | Trend | 有效提高 | direction=up
持续提升 | Trend | 持续提升 | direction=up
不断提高 | Trend | 不断提高 | direction=up intensifier=不断
保持稳定 | Trend | 保持稳定 | direction=steady
优 | Grade | 优 | operator=None
良 | Grade | 良 |
优良 | Grade | 优良 |
良好及以上 | Grade | ≥良好 | operator=≥
好/一般/差 | Scale | 好/一般/差 | grades=(好,一般,差)
高中低 | Scale | 高/中/低 |
优良中低差 | Scale | 优/良/中/低/差 |
是 | Boolean | 是 |
否 | Boolean | 否 |
有 | Boolean | 有 |
完成 | Boolean | 完成 |
合格 | Boolean | 合格 |
通过 | Boolean | 通过 |
达标 | Boolean | 达标 |
及时 | Text | 及时 | vague_time=True sentence=False
长期 | Text | 长期 | vague_time=True
按时 | Text | 按时 | vague_time=True
实时 | Text | 实时 | vague_time=True
控制在预算内 | BudgetReference | 控制在预算内 | hint=None
不超预算 | BudgetReference | 不超预算 |
≤年度金额 | BudgetReference | ≤年度金额 |
严格按照补贴标准1000元/人执行 | BudgetReference | 严格按照补贴标准1000元/人执行 | hint=1000元/人
≥95%、≥90% | MultipleValues | ≥95%、≥90% |
95%/90% | MultipleValues | 95%/90% |
1:3 | MultipleValues | 1:3 |
1：3 | MultipleValues | 1:3 |
- | Placeholder | - |
— | Placeholder | — |
/ | Placeholder | / |
* | Placeholder | * |
** | Placeholder | ** |
XX | Placeholder | XX |
×× | Placeholder | ×× |
…… | Placeholder | …… |
待定 | Placeholder | 待定 |
≥**% | Placeholder | ≥**% |
××× | Placeholder | ××× |
____ | Placeholder | ____ |
完成××项目 | Placeholder | 完成××项目 |
292% | Quantity | 292% | number=292
290% | Quantity | 290% |
2280次 | Quantity | 2280次 | number=2280
≥95%。 | Quantity | ≥95% |
95%以上（含） | Quantity | ≥95% | operator=≥
12万元（含税） | Text | 12万元（含税） |
80（人） | Quantity | 80人 | unit=人
近三年 | Text | 近三年 |
2025年全年 | Period | 2025年 | months=12
控制在100万元预算以内 | BudgetReference | 控制在100万元预算以内 | hint=100万元
≥2000 份 | Quantity | ≥2000份 | operator=≥ unit=份
1367.67 元/月 | Quantity | 1367.67元/月 | money=1367.67
5500 元/月 | Quantity | 5500元/月 | money=5500
1320 万元 | Quantity | 1320万元 | money=13200000
1796.02 万元 | Quantity | 1796.02万元 | money=17960200
1649.45 万元 | Quantity | 1649.45万元 | money=16494500
2025 年 1 月至 12 月 | Period | 2025年1月至12月 | months=12 reversed=False
资金按规定及时发放到位，确保群众满意 | Text | 资金按规定及时发放到位，确保群众满意 | sentence=True
"""


def table(text):
    return [[cell.strip() for cell in f"{line} ".split(" | ")] for line in text.strip().splitlines()]


@pytest.mark.parametrize(("raw", "kind", "normal", "fields"), [(*row, "")[:4] for row in table(TABLE)])
def test_a_value_is_parsed_and_normalised(raw, kind, normal, fields):
    value = parse(raw)
    assert (type(value).__name__, str(value)) == (kind, normal)
    expected = dict(re.findall(r"(\w+)=(\([^)]*\)|\S*)", fields))
    assert {name: shown(getattr(value, name)) for name in expected} == expected
    assert value.raw == raw
    assert parse(str(value)) == value


def shown(value):
    return f"({','.join(value)})" if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\n\t", "\u200b", "\ufeff \xa0"])
def test_blank_cells_are_empty(blank):
    assert parse(blank) == Empty()
    assert str(parse(blank)) == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [("重大安全事故", Zero), ("群众投诉起数", Zero), ("设备名称", Placeholder), ("", Placeholder)],
)
def test_none_is_a_value_only_for_events(name, kind):
    assert isinstance(parse("无", name=name), kind)


def test_a_bare_number_is_not_a_rate():
    assert parse("95", name="发放准确率") == Quantity(Decimal(95))


def test_values_with_the_same_meaning_are_equal():
    assert (
        len(
            {
                parse(raw)
                for raw in (
                    "≥95%",
                    ">=95%",
                    "95%以上",
                    "不低于95%",
                    " ≥ 95 ％ ",
                    "百分之九十五以上",
                    "≥95%以上",
                )
            }
        )
        == 1
    )
    assert len({parse(raw) for raw in ("2050元/人·月", "2050 元/月/人", "2050元/人月", "每人每月2050元")}) == 1
    assert parse("≤95%以上") != parse("95%") != parse("≥95%")


def test_numbers_are_exact():
    assert parse("123456789012345678.123456789012万元").money == Decimal("1234567890123456781234.56789012")
    assert str(parse("0.10%")) == "0.10%"


def test_a_unit_of_another_column_gives_the_same_value():
    assert parse("12").with_unit(parse_unit("万元")) == parse("12万元")
    assert parse("718").with_unit(unit_in_name("购买公益性岗位人数（人）")) == parse("718人")
    with pytest.raises(ValueError, match="two scales"):
        parse("12万").with_unit(parse_unit("万元"))


def test_a_decrease_is_a_negative_change():
    assert str(parse("同比下降≥5%").signed) == "≤-5%"
    assert str(parse("较上年提高3个百分点").signed) == "3个百分点"
    assert parse("增长5%-8%").signed is None


def test_a_change_has_a_quantity_a_verb_and_a_base():
    value = parse("较2024年提高不少于3个百分点")
    assert value == Delta(Quantity(Decimal(3), Unit("个百分点"), Operator.AT_LEAST), "提高", "较2024年")


def test_multiple_values_keep_their_parts():
    assert [str(part) for part in parse("≥95%、≥ 90 %；3家").parts] == ["≥95%", "≥90%", "3家"]
    assert isinstance(parse("1、加强管理"), Text)
    assert parse("≥95%\n≥90%") == parse("≥95%、≥90%")


UNITS = """
人 | 人 | count |
人/次 | 人/次 | count | 人次
M | M | unknown | 米 兆 百万
台套 | 台套 | count |
㎡ | 平方米 | area |
公里 | 公里 | length |
吨 | 吨 | mass |
万元 | 万元 | money |
元/月/人 | 元/人·月 | money |
％ | % | ratio |
次/月 | 次/月 | frequency |
人·月 | 人·月 | count |
垛 | 垛 | unknown |
颗 | 颗 | count |
mg/L | 毫克/升 | mass |
人（次） | 人(次) | count |
月 | 个月 | time |
元/季 | 元/季度 | money |
美元 | 美元 | currency |
（人） | 人 | count |
"""


@pytest.mark.parametrize(("text", "symbol", "kind", "suggestions"), table(UNITS))
def test_a_unit_is_parsed(text, symbol, kind, suggestions):
    found = parse_unit(text)
    assert (str(found), found.kind, found.suggestions) == (symbol, kind, tuple(suggestions.split()))


@pytest.mark.parametrize("text", ["", "以上", "四个汉字", "左右", "元/", "/月", "5人", "2", "¥"])
def test_other_texts_are_not_units(text):
    assert parse_unit(text) is None


def test_a_scaled_unit_has_a_factor():
    assert [parse_unit(text).factor for text in ("元", "万元", "亿元", "万平方米")] == [1, 10**4, 10**8, 10**4]


def test_every_builtin_unit_is_read_back():
    assert [symbol for symbol in KINDS if str(parse_unit(symbol)) != symbol] == []


NAMES = """
购买公益性岗位人数（人） | 人 | None
“三支一扶”人员经费人均标准（月） | None | 月
就业创业咨询、跟踪指导、就业创业服务（次数） | 次 | None
入驻大学生创业孵化园小微企业、个体户（家） | 家 | None
流动人员档案进出（份） | 份 | None
人均补贴标准（元/月） | 元/月 | 月
培训费（万元） | 万元 | None
完成率(％) | % | None
工期（单位：天） | 天 | None
更换智能水表数量（块） | 块 | None
安装路灯数量(盏) | 盏 | None
建设内容（标段） | 标段 | None
覆盖范围（街道） | 街道 | None
涉及学校（校） | 校 | None
带宽（兆） | 兆 | None
制作模型数量（滴） | 滴 | None
制作模型数量（抱杆） | 抱杆 | None
秸秆还田面积（万亩） | 万亩 | None
补助标准（元/人·月） | 元/人·月 | 月
补助标准（元/生·年） | 元/生·年 | 年
种植作物成活率(≥**%) | % | None
黄金蜜种植数量（≥**株） | 株 | None
造林补助标准(≤**元/亩) | 元/亩 | None
农村低保标准(≥**元/人·月) | 元/人·月 | 月
改造项目（一） | None | None
培训人数（新） | None | None
培训人数（农村） | None | None
培训数量（暂定） | None | None
月人均补贴 | None | 月
每月发放额 | None | 月
年人均标准 | None | 年
按月发放标准 | None | 月
按年发放 | None | 年
社会保障（就业） | None | None
按年龄分组 | None | None
公益性岗位人员岗位补贴人均标准 | None | None
"""


@pytest.mark.parametrize(("name", "symbol", "period"), table(NAMES))
def test_a_name_has_a_unit_and_a_period(name, symbol, period):
    assert (str(unit_in_name(name)), str(period_in_name(name))) == (symbol, period)


@pytest.mark.parametrize(
    "name",
    [
        "补贴 人数",
        "指标1：补贴人数（人）",
        "★补贴人数",
        "1.补贴人数",
        "（1）补贴人数(人)",
        "补贴人数（人）（月）",
        "１、补贴人数",
        "补\u200b贴人数（%）",
        "补贴人数(≥**人)",
        "补贴人数（块）",
    ],
)
def test_normalised_names_have_no_numbering_and_units(name):
    assert normalize_name(name) == "补贴人数"


def test_a_serial_number_is_a_date_on_request():
    assert date_from_serial(Decimal(44561)) == dt.date(2021, 12, 31)
    assert [date_from_serial(number) for number in (718, Decimal("44561.5"), 10**30, "x")] == [None] * 4


def test_dates_have_a_first_and_a_last_day():
    assert parse("2024年2月").last == dt.date(2024, 2, 29)
    assert parse("2025年12月底前").last == dt.date(2025, 12, 31)
    assert parse("2月底前").last is None
    assert parse("2月底前").last_in(2025) == dt.date(2025, 2, 28)
    assert parse("2025年1月至12月").first == dt.date(2025, 1, 1)
    assert parse("2025年1月15日至2025年7月14日").months == 6
    assert parse("2025年1月15日至2025年7月20日").months is None


# --- Properties -----------------------------------------------------------------------------------------------

numbers = st.decimals(min_value=-(10**9), max_value=10**12, places=3, allow_nan=False) | st.integers(1, 10**6).map(
    Decimal
)
counts = st.sampled_from(sorted(KINDS)) | st.sampled_from(
    ["万元", "亿元", "万人次", "元/人·月", "元/月", "元/学期", "人/次", "颗", "垛", "M", "元/平方米"]
)
units = st.none() | counts.map(parse_unit).map(lambda found: Unit(found.symbol, found.per))
operators = st.none() | st.sampled_from(Operator)
scales = st.sampled_from(["", "", "万", "亿", "百万"])


@st.composite
def quantities(draw, plain=False):
    number, of, scale = draw(numbers), draw(units), draw(scales)
    # 千 + 克 is read as the unit 千克, and 2025年 as a year.
    assume(of is None or parse_unit(scale + of.symbol) == Unit(of.symbol, (), scale))
    assume(not (of is not None and of.symbol == "年" and 1900 <= number <= 2099))
    if plain:
        return Quantity(number, of, scale=scale)
    form = draw(st.sampled_from(["operator", "reach", "conflict"]))
    about = draw(st.booleans())
    if form == "reach":
        reach = draw(st.sampled_from(["达到", "提高到", "降低至"]))
        operator = draw(st.sampled_from([None, Operator.AT_LEAST, Operator.AT_MOST]))
        return Quantity(number, of, operator, scale=scale, approximate=about, reach=reach)
    if form == "conflict":
        pair = draw(st.lists(st.sampled_from(Operator), min_size=2, max_size=3, unique=True))
        assume(
            "".join(pair[:2]) not in {">=", "=>", "<=", "=<", "≥=", "≤="}
            and "".join(pair[1:]) not in {">=", "=>", "<=", "=<", "≥=", "≤="}
        )
        return Quantity(number, of, scale=scale, approximate=about, conflict=tuple(pair))
    return Quantity(number, of, draw(operators), scale=scale, approximate=about)


@st.composite
def ranges(draw):
    low, high = draw(quantities(plain=True)), draw(quantities(plain=True))
    low = Quantity(low.number, high.unit, scale=low.scale if high.unit else high.scale)
    assume(high.unit is None or parse_unit(low.scale + high.unit.symbol) == Unit(high.unit.symbol, (), low.scale))
    # Two bare years are a period, and so is 2025.1—12.
    assume(
        high.unit is not None
        or (not 1900 <= low.number < 2100 and not 190000 > low.number >= 19000 and not 19000 <= low.number < 210000)
    )
    return Range(low, high)


@st.composite
def dates(draw):
    day = draw(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)))
    year, month = draw(st.sampled_from([day.year, None])), day.month
    form = draw(st.sampled_from(["day", "month", "part"]))
    shown = {"day": day.day, "month": None, "part": None}[form]
    part = draw(st.sampled_from(["上旬", "中旬", "下旬", "初", "中"])) if form == "part" else ""
    return Date(year, month, shown, draw(st.booleans()), part, draw(st.sampled_from(["", "完成", "全部支付完毕"])))


@st.composite
def periods(draw):
    first, last = (
        draw(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31))),
        draw(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31))),
    )
    form = draw(st.sampled_from(["year", "month", "day"]))
    make = {
        "year": lambda d: Date(d.year),
        "month": lambda d: Date(d.year, d.month),
        "day": lambda d: Date(d.year, d.month, d.day),
    }[form]
    return Period(make(first), make(last))


@st.composite
def frequencies(draw):
    period = draw(st.sampled_from(sorted(set(PERIODS.values()))))
    number, operator = draw(numbers), draw(operators)
    quantity = Quantity(number, Unit(draw(st.sampled_from(["次", "场", "期"])), (period,)), operator)
    return draw(st.sampled_from([Frequency(period), Frequency(period, at="末月20日"), Frequency(period, quantity)]))


grades = st.builds(
    Grade,
    st.sampled_from(sorted(words.GRADES)),
    st.sampled_from([None, Operator.AT_LEAST]),
    st.sampled_from(["", "达到"]),
)
bases = st.sampled_from(["同比", "环比", "较上年", "较2024年", "比去年同期", "与上年相比", "较基期"])
deltas = st.builds(Delta, quantities(plain=True) | ranges(), st.sampled_from(grammar.DELTA_VERBS), bases | st.just(""))
zeros = st.builds(Zero, st.none() | st.sampled_from(["起", "次", "人", "件"]).map(Unit))
scales_of_grades = st.lists(st.sampled_from(sorted(words.GRADES)), min_size=2, max_size=5, unique=True).map(
    lambda g: Scale(tuple(g))
)
booleans = st.builds(Boolean, st.sampled_from(sorted(words.BOOLEANS)))


def is_read_as_itself(value):
    """Return True unless the quantity is read as Zero or, with a unit such as 次/月, as a Frequency."""
    if isinstance(value, Quantity):
        return not grammar._is_zero(value) and not (value.unit and value.unit.kind == "frequency")
    return True


measures = quantities().filter(is_read_as_itself) | ranges() | deltas | dates() | periods() | frequencies() | zeros
several = st.builds(MultipleValues, st.lists(measures, min_size=2, max_size=4).map(tuple)).filter(
    lambda value: len(str(value)) <= MAX_LENGTH
)
values = measures | grades | scales_of_grades | booleans | several

SIGNS = """
≥ ≤ > < = ≧ ⩾ ％ % - — / * × … . , ， 、 ： : ； ~ ～ \u3000 \n （含） 百分之 同比 较上年 提高 下降 预算
严格按照 2025 2025年 1月至12月 季度 无 不发生 XX 显著 完成 左右 ㎡ 千 百 十 一 二 三 两 零 点 万 亿
前 底 末 内 至 到 每 按 第
"""
FRAGMENTS = [
    *"0123456789 \n",
    *SIGNS.split(" "),
    *(
        word
        for group in (grammar.OPERATORS_BEFORE, grammar.OPERATORS_AFTER, grammar._APPROXIMATE, grammar._REACH, KINDS)
        for word in group
    ),
    *(word for group in (words.GRADES, words.BOOLEANS, words.VAGUE_TIMES, PERIODS) for word in group),
]
cells = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
anything = st.text(st.characters(exclude_categories=[]), max_size=300) | cells | values.map(str)


@given(values)
def test_a_written_value_is_read_back(value):
    assert parse(str(value)) == value


@given(anything)
@example("2025年1月\n至12月")
@example("≤4次以上/年")
@example("\ud800")
def test_normalisation_is_idempotent(text):
    value = parse(text)
    assert value.raw == text
    assert parse(str(value)) == value
    assert str(parse(str(value))) == str(value)
    assert isinstance(value.numeric, bool)


@given(anything, st.text(st.characters(exclude_categories=[])) | cells)
def test_functions_of_names_never_raise(text, name):
    parse(text, name=name)
    parse_unit(text)
    period_in_name(text)
    unit_in_name(text)
    assert normalize_name(normalize_name(name)) == normalize_name(normalize_name(normalize_name(name)))


@given(anything)
def test_folding_is_idempotent_and_never_lengthens(text):
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) <= len(text)
    assert compact(compact(fold(text))) == compact(fold(text))


@given(values)
def test_every_attribute_of_a_value_can_be_read(value):
    for name in dir(value):
        if not name.startswith("_"):
            getattr(value, name)


# --- Hostile input --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit_of_text",
    [
        "显著",
        "不断提高",
        "1",
        "1,000",
        "(",
        "≥",
        "每月",
        "百分之",
        "xX",
        "— ",
        "一",
        "严格按照",
        "至",
        "（人）",
        "\u200b",
        "2025年",
        "\ud83d",
    ],
)
@pytest.mark.parametrize("times", [1, 3, 12, 99, 4000, 200_000])
def test_repeated_fragments_are_parsed(unit_of_text, times):
    text = unit_of_text * times
    value = parse(text)
    assert parse(str(value)) == value
    assert len(normalize_name(text)) <= len(text)
    if len(fold(text).strip()) > MAX_LENGTH:
        assert isinstance(value, Text)


def test_patterns_are_applied_only_below_the_maximum_length(monkeypatch):
    """A longer text is only folded, which takes linear time."""
    seen = []
    for module, name in (
        (grammar, "_SIMPLE"),
        (grammar, "_FULL"),
        (words, "_TREND"),
        (words, "_BUDGET"),
        (words, "_TEMPLATE"),
    ):
        pattern = getattr(module, name)
        spy = {
            use: (lambda text, use=use, pattern=pattern: seen.append(len(text)) or getattr(pattern, use)(text))
            for use in ("search", "fullmatch")
        }
        monkeypatch.setattr(module, name, SimpleNamespace(**spy))
    for length in (50, 100, 200, 400, 800, 100_000):
        parse("显著" * (length // 2))
    assert seen
    assert max(seen) <= MAX_LENGTH
    assert isinstance(parse("显著" * 5000), Text)
    assert isinstance(parse("显著提高"), Trend)


@pytest.mark.parametrize(
    ("written", "kind"),
    {
        "02025年": Text,  # a number has no leading zero
        "002-2030年": Text,
        "1/<02025年": Text,
        "2，025年": Text,  # a mistyped year
        "2,025年": Text,
        "1,500元/年": Quantity,
        "2左右/2左右-2": Text,
        "1左右-26": Text,
        "10%左右—100%": Text,
        "约一亿亿亿": Text,
        "一万亿元": Quantity,
        "人均人均15元/年": Text,
        "人均2元/次/户/年": Text,
        "≤6.5万元/个个个": Text,
        "5元/个体户": Quantity,
        "≥===8万人": Quantity,
        "==<22": Quantity,
        "低于=22人": Quantity,
        "不超过=120元/人·次": Quantity,
    }.items(),
)
def test_values_found_by_fuzzing_are_read_back(written: str, kind: type) -> None:
    """Each was once read as a value whose text was read as another value."""
    value = parse(written)
    assert type(value) is kind
    assert isinstance(value, Text) or parse(str(value)) == value
