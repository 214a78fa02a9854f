"""The ways in which forms print the amount of the year and its sources."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from generated_forms.sheet import Box, caption, content, shares
from generated_forms.truth import bare_caption

if TYPE_CHECKING:
    from generated_forms.builder import Builder


def _amount_pair(builder: Builder, name: str, suffix: str, text: str) -> None:
    builder.sheet.pair(caption(builder.style.caption(name + suffix)), content(text))


def _amount_rows(builder: Builder, name: str, suffix: str, text: str) -> None:
    parts = builder.parts()
    group = builder.random.choice(("项目资金", "资金情况", "项目资金情况", "项目预算"))
    total = builder.random.choice(("年度资金总额", "资金总额", "年度资金总额："))
    left = caption(group + suffix, 1, 1 + len(parts))
    rest = builder.sheet.width - 2
    builder.sheet.row(left, caption(total), *builder.sheet.spread(content(text), rest))
    for index, (source, amount) in enumerate(parts.items()):
        prefix = builder.random.choice(("其中：", "其中:", "")) if index == 0 else builder.random.choice(("", "      "))
        builder.sheet.row(caption(prefix + source), *builder.sheet.spread(content(amount), rest))


def _amount_nested(builder: Builder, name: str, suffix: str, text: str) -> None:
    parts = builder.parts(3)
    (first, amount), *others = parts.items()
    rest = builder.sheet.width - 2
    builder.sheet.row(
        caption("项目资金" + suffix, 1, 4), caption("年度资金总额"), *builder.sheet.spread(content(text), rest)
    )
    subtotal = f"{sum(Decimal(value) for _, value in others):f}"
    builder.truth.funding |= {"财政资金": subtotal}
    builder.sheet.row(caption("其中：财政资金"), *builder.sheet.spread(content(subtotal), rest))
    builder.sheet.row(caption(f"其中：{others[0][0]}"), *builder.sheet.spread(content(others[0][1]), rest))
    builder.sheet.row(caption(first), *builder.sheet.spread(content(amount), rest))
    del builder.truth.funding[others[1][0]]


def _amount_horizons(builder: Builder, name: str, suffix: str, text: str) -> None:
    parts = builder.parts(2)
    first, second = shares(builder.sheet.width - 3, 2)
    pairs = {"资金总额": text} | parts
    for index, (one, amount) in enumerate(pairs.items()):
        left = [caption("项目资金" + suffix, 1, len(pairs))] if index == 0 else []
        longer, yearly = (
            ("中期资金总额：", "年度资金总额：") if index == 0 else (f"其中：{one}" if index == 1 else one,) * 2
        )
        builder.sheet.row(
            *left, caption(longer), content(f"9{amount}", first), caption(yearly), content(amount, second)
        )


def _amount_columns(builder: Builder, name: str, suffix: str, text: str) -> None:
    parts = builder.parts()
    left = [caption("资金情况" + suffix, 1, 2)] if suffix or builder.random.random() < 0.5 else []
    widths = shares(builder.sheet.width - len(left), 1 + len(parts))
    heads = ["资金总额", *parts]
    builder.sheet.row(*left, *(caption(one, width) for one, width in zip(heads, widths, strict=True)))
    values = [text, *parts.values()]
    builder.sheet.row(*(content(one, width) for one, width in zip(values, widths, strict=True)))


def _amount_line(builder: Builder, name: str, suffix: str, text: str) -> None:
    parts = builder.parts(1)
    source, amount = next(iter(parts.items()))
    if builder.sheet.width < 5:
        _amount_rows(builder, name, suffix, text)
        return
    boxes = [caption("项目资金" + suffix), caption("年度资金总额："), content(text), caption("其中：" + source)]
    builder.sheet.row(*boxes, *builder.sheet.spread(content(amount), builder.sheet.width - 4))


def _amount_inline(builder: Builder, name: str, suffix: str, text: str) -> None:
    parts = builder.parts()
    marks = builder.random.choice((("一、", "二、"), ("其中：", ""), ("", "")))
    lines = [
        f"资金总额：{text}",
        *(f"{mark}{one}：{value}" for mark, (one, value) in zip(marks, parts.items(), strict=True)),
    ]
    builder.sheet.captions |= {bare_caption(one) for one in parts} | {"资金总额"}
    builder.sheet.pair(caption("项目资金申请" + suffix), Box("\n".join(lines), kind="printed"))
    builder.keep(text, *parts.values())


def _amount_group(builder: Builder, name: str, suffix: str, text: str) -> None:
    boxes = [caption("项目资金" + suffix), caption(builder.random.choice(("总投资", "资金总额", "年度资金总额")))]
    builder.sheet.row(*boxes, *builder.sheet.spread(content(text), builder.sheet.width - 2))


def _amount_two(builder: Builder, name: str, suffix: str, text: str) -> None:
    longer, yearly = builder.random.choice((("项目总预算", "项目当年预算"), ("项目资金总额", "年度资金总额")))
    builder.truth.fields[longer + suffix] = ("", "9999")
    boxes = (caption(longer + suffix), content("9999"), caption(yearly + suffix), content(text))
    builder.sheet.pair(*builder.random.choice((boxes, boxes[2:] + boxes[:2])))


AMOUNTS: dict[str, Callable[[Builder, str, str, str], None]] = {
    "pair": _amount_pair,
    "rows": _amount_rows,
    "nested": _amount_nested,
    "horizons": _amount_horizons,
    "columns": _amount_columns,
    "line": _amount_line,
    "inline": _amount_inline,
    "group": _amount_group,
    "two": _amount_two,
}
"""Functions that print the amount: the builder, the caption, the unit in brackets behind it, and the amount."""
