"""Find cells of an indicator that were exchanged, or contradict each other."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.tables.indicators import Indicator
from perftarget.tables.semantics.lexicon import NO_HEAD, find_head
from perftarget.tables.semantics.names import plain_name
from perftarget.tables.semantics.value_kinds import kind_of_unit, unit_of
from perftarget.text.normalize import fold
from perftarget.text.source import Loc
from perftarget.values.parser import Quantity, Range, Text, parse, parse_unit

_NUMBER: Final = re.compile(r"[≥≤<>=]?\s*[0-9][0-9.,]*")
_DIGIT: Final = re.compile("[0-9]")


class Exchange(NamedTuple):
    """Cells that were exchanged or contradict each other: where, and what to say."""

    loc: Loc
    message: str


def find_exchange(row: Indicator, profile: Profile) -> Exchange | None:
    """Return the exchange of name and value or of value and unit, or a unit column that contradicts the value."""
    return _units(row) if row.entry.unit.strip() else _name_and_value(row, profile)


def _name_and_value(row: Indicator, profile: Profile) -> Exchange | None:
    """Find a name that is a target beside a value that is a name: ≥92%: 家长满意度."""
    if not _DIGIT.search(fold(row.name)) or not isinstance(parse(row.written), Text) or _DIGIT.search(row.written):
        return None
    name = parse(row.name)
    is_target = isinstance(name, (Quantity, Range)) and (unit_of(name) is not None or row.name.strip()[0] in "≥≤")
    if not is_target or find_head(plain_name(row.written), profile, is_cost=True) is NO_HEAD:
        return None
    message = tr(
        f"名称“{row.name.strip()}”是绩效值，绩效值“{row.written.strip()}”是指标名称，填反了；请对调",
        f"the name “{row.name.strip()}” is a target and the target “{row.written.strip()}” a name; exchange them",
    )
    return Exchange(row.loc, message)


def _units(row: Indicator) -> Exchange | None:
    """Find a number in the column for units, or a unit there that contradicts the unit beside the number."""
    value, unit = fold(row.entry.value).strip(), fold(row.entry.unit).strip()
    loc = (*row.name_loc[:-1], "单位")
    if _NUMBER.fullmatch(unit) and not _DIGIT.search(value):
        message = tr(
            f"单位栏是数“{unit}”，绩效值栏是单位“{value}”，填反了；请对调",
            f"the unit is the number “{unit}” and the target the unit “{value}”; exchange them",
        )
        return Exchange(loc, message)
    inner, outer = unit_of(row.cell), parse_unit(unit)
    kinds = kind_of_unit(inner), kind_of_unit(outer)
    if not all(kinds) or kinds[0] == kinds[1] or inner is None:
        return None
    message = tr(
        f"绩效值栏写“{value}”，单位栏却写“{unit}”，互相矛盾；请核对",
        f"the target is “{value}”, but the unit “{unit}”; check them",
    )
    return Exchange(loc, message)
