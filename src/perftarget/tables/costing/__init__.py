"""The funding model: what the numbers of a table come to."""
