"""Some accidents for everything that reads bytes; tests/fuzz.py looks for more, and longer."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fuzz

EXAMPLES = {"yaml": 150, "fix": 200, "value": 2000, "text": 60, "docx": 80, "xlsx": 80, "profile": 150}


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_any_bytes_give_findings_or_a_refusal(target: str) -> None:
    pool = fuzz.seeds(target)
    assert pool
    for seed in pool[:20]:
        fuzz.TARGETS[target](seed)
    accident = fuzz.havoc_in_zip if target in fuzz.PACKED else fuzz.havoc

    # The same each time, so that a run says what has changed; fuzz.py looks for what is new.
    @settings(max_examples=EXAMPLES[target], deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(pool), st.integers(0, 2**32))
    def tried(seed: bytes, number: int) -> None:
        fuzz.TARGETS[target](accident(seed, Random(number), pool))

    tried()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_bytes_that_no_file_was_made_of(data: bytes) -> None:
    for target in fuzz.TARGETS.values():
        target(data)
