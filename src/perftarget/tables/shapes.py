"""Field types for the sections of a table that may have one of several shapes, chosen before validation."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from perftarget.tables.entries import ENTRY_LABELS, Calculation, Entry, Suppression, Text
from perftarget.values.tier_label import TierLabel

_SHAPES: Final[dict[type, str]] = {str: "«text»", dict: "«mapping»", list: "«list»"}
SHAPE_NAMES: Final = frozenset({*_SHAPES.values(), "«entry»", "«tiers»"})
"""Tags of union members, which pydantic includes in the location of an error although they are not keys."""


def _shape(value: object) -> str | None:
    """Return the tag of a value's shape, or None if the shape is unknown."""
    return _SHAPES.get(type(value))


class FirstTier(dict[str, Any]):
    """A mapping of second tiers, recognized by the label that it belongs to."""


def _mark_first_tiers(indicators: Any) -> Any:
    """Return the indicators with each mapping of second tiers as a FirstTier."""
    if not isinstance(indicators, dict):
        return indicators
    return {label: FirstTier(part) if is_first_tier(label, part) else part for label, part in indicators.items()}


def is_first_tier(label: str, content: Any) -> bool:
    """Return True if a label contains second tiers rather than indicators.

    This follows from the code of the label or, if it has none, from the shape of the content.
    """
    code = TierLabel.parse(label).code
    if not isinstance(content, dict) or len(code) > 1:
        return False
    filled = [part for part in content.values() if part not in ("", {})]
    if code or not label.strip():
        return bool(content) and all(isinstance(part, list) or _is_mapping_of_rows(part) for part in filled)
    return bool(filled) and all(map(_is_second_tier, filled))


def _is_second_tier(value: Any) -> bool:
    """Return True if a value has the shape of a second tier; {95} or [x] is a malformed target value instead."""
    if isinstance(value, list):
        return all(isinstance(item, (dict, Entry)) for item in value)
    return _is_mapping_of_rows(value) and any(part != "" for part in value.values())


def _is_mapping_of_rows(value: Any) -> bool:
    """Return True if a value is a mapping by indicator name, not the columns of one indicator."""
    return isinstance(value, dict) and ENTRY_LABELS.isdisjoint(value)


def _shape_of_tier(value: object) -> str | None:
    """Return the tag of the shape of a tier."""
    return "«tiers»" if isinstance(value, FirstTier) else _shape(value)


Blank: TypeAlias = Annotated[str, Field(max_length=0), WithJsonSchema({"type": "null"})]
_Text: TypeAlias = Annotated[Text, Tag("«text»")]
GoalsField: TypeAlias = Annotated[_Text | Annotated[list[Text], Tag("«list»")], Discriminator(_shape)]
_Value: TypeAlias = Annotated[_Text | Annotated[Entry, Tag("«mapping»")], Discriminator(_shape)]
_Empty: TypeAlias = Annotated[Blank, Tag("«text»")]
_ByName: TypeAlias = Annotated[dict[str, _Value], Tag("«mapping»")]
_Listed: TypeAlias = Annotated[list[Entry], Tag("«list»")]
_Rows: TypeAlias = Annotated[_Empty | _ByName | _Listed, Discriminator(_shape)]
_Tiers: TypeAlias = Annotated[dict[str, _Rows], Tag("«tiers»")]
_Tier: TypeAlias = Annotated[_Empty | _ByName | _Listed | _Tiers, Discriminator(_shape_of_tier)]
IndicatorsField: TypeAlias = Annotated[
    _Empty | Annotated[dict[str, _Tier], BeforeValidator(_mark_first_tiers), Tag("«mapping»")], Discriminator(_shape)
]
CalculationsField: TypeAlias = Annotated[_Empty | Annotated[list[Calculation], Tag("«list»")], Discriminator(_shape)]
FundingField: TypeAlias = Annotated[_Empty | Annotated[dict[str, Text], Tag("«mapping»")], Discriminator(_shape)]
SuppressionsField: TypeAlias = Annotated[_Empty | Annotated[list[Suppression], Tag("«list»")], Discriminator(_shape)]
