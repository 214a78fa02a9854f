"""A few random mutations for every reader of bytes; tests/fuzz.py searches for more, and longer."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fuzz

pytestmark = pytest.mark.slow
EXAMPLES = {"yaml": 150, "fix": 200, "value": 2000, "text": 60, "docx": 80, "xlsx": 80, "profile": 150}


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_mutated_files_have_findings_or_are_refused(target: str) -> None:
    pool = fuzz.seeds(target)
    assert pool
    for seed in pool[:20]:
        fuzz.TARGETS[target](seed)
    mutate = fuzz.havoc_in_zip if target in fuzz.PACKED else fuzz.havoc

    # Deterministic, so that a failure is due to a change of the code; fuzz.py searches for new inputs.
    @settings(max_examples=EXAMPLES[target], deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(pool), st.integers(0, 2**32))
    def check(seed: bytes, number: int) -> None:
        fuzz.TARGETS[target](mutate(seed, Random(number), pool))

    check()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_random_bytes_have_findings_or_are_refused(data: bytes) -> None:
    for target in fuzz.TARGETS.values():
        target(data)
