"""Compare two versions of the tables."""
