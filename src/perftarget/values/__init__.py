"""Parse the value of one cell: numbers, units, dates, money, grades."""
