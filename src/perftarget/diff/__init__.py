"""Comparison of two versions of tables."""
