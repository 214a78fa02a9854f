"""Similarity of texts."""

from __future__ import annotations

from decimal import Decimal

from perftarget.text.similarity import similarity


def test_similarity_is_the_share_of_common_character_pairs() -> None:
    assert similarity("社会保险补贴", "社会保险补贴") == 1
    assert similarity("社会保险补贴", "岗位补贴") == Decimal(2) / 8
    assert similarity("甲", "甲") == 0
    assert similarity("甲乙", "丙丁") == 0
