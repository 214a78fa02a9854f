"""Bars on one scale for the declared and the computed amounts of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perftarget.i18n import tr
from perftarget.linter.run import TableView
from perftarget.values.money import deviation, percent, total

_MIN_WIDTH: Final = Decimal("0.4")  # in percent, so that a small amount stays visible


@dataclass(frozen=True)
class AmountBars:
    """The scale of the bars.

    `declared` is the total of the declared amounts and `scale` the largest amount, both in 元. `visible` is False if
    no table has an amount.
    """

    declared: Decimal
    scale: Decimal
    visible: bool

    @classmethod
    def from_table_views(cls, table_views: Iterable[TableView]) -> AmountBars:
        """Return the bars for the amounts of the given tables."""
        table_views = list(table_views)
        declared = [view.declared for view in table_views if view.declared is not None]
        computed = [view.computed for view in table_views if view.computed is not None]
        return cls(total(declared), max([*declared, *computed, Decimal(1)]), bool(declared or computed))

    def width(self, yuan: Decimal) -> str:
        """Return the length of the bar of an amount as a percentage of the longest bar."""
        return f"{max(yuan / self.scale * 100, _MIN_WIDTH):.2f}%"

    @staticmethod
    def deviation_text(table_view: TableView) -> str:
        """Return the deviation of the declared from the computed amount, such as −25.27%; "" if either is missing."""
        if table_view.declared is None or not table_view.computed:
            return ""
        if table_view.declared == table_view.computed:
            return tr("相符", "the same")
        sign = "+" if table_view.declared > table_view.computed else "−"
        return sign + percent(deviation(table_view.declared, table_view.computed))
