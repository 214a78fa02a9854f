"""The declared amounts of a run beside the computed ones, as bars on one scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perftarget.i18n import tr
from perftarget.linter.run import TableView
from perftarget.values.money import deviation, percent, total

_SHORTEST: Final = Decimal("0.4")  # of a hundred: what is there can be seen


@dataclass(frozen=True)
class Amounts:
    """What is declared in all, and the scale of the picture."""

    declared: Decimal
    scale: Decimal
    any: bool

    @classmethod
    def of(cls, table_views: Iterable[TableView]) -> Amounts:
        table_views = list(table_views)
        declared = [sheet.declared for sheet in table_views if sheet.declared is not None]
        computed = [sheet.computed for sheet in table_views if sheet.computed is not None]
        return cls(total(declared), max([*declared, *computed, Decimal(1)]), bool(declared or computed))

    def share(self, yuan: Decimal) -> str:
        """How long the bar of an amount is, in hundredths of the longest one."""
        return f"{max(yuan / self.scale * 100, _SHORTEST):.2f}%"

    @staticmethod
    def gap(sheet: TableView) -> str:
        """−25.27%: how far the declared amount is from the computed one."""
        if sheet.declared is None or not sheet.computed:
            return ""
        if sheet.declared == sheet.computed:
            return tr("相符", "the same")
        return ("+" if sheet.declared > sheet.computed else "−") + percent(deviation(sheet.declared, sheet.computed))
