"""Parsers for the values of cells: numbers, units, dates, money, grades."""
