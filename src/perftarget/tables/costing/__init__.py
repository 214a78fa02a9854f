"""Funding model: compute the amount that the numbers of a table add up to.

The year's amount (项目年度金额) is composed of lines. Each line is either a product of a standard, a count, a number of
periods and a share, or a lump sum. A standard is a rate: an amount of money for each item and period (2050 元/人·月).
A count is the number of items it is paid for (718 人), and the periods are how often it is paid within the year
(12 个月). There are two sources for these lines:

* Declared calculations. The section 资金测算 of a table states the lines explicitly: each one multiplies a headcount by
  a standard, months (or person-months) and a share, or has a fixed amount. Operands are written in the line or refer to
  an indicator by name. Nothing is guessed; a line with a missing operand is reported instead of being computed.
* Inferred costing. Without 资金测算, the lines are inferred from the indicators. The values of 成本 indicators are
  standards or lump sums, and the values of 数量 indicators are counts. A standard is paired with the count of its item
  or, if there are several, with the one that has clearly the most similar name; the periods are those within the
  project period. If a standard has no period, both a year and a month are tried, and the one with the sum nearer to the
  amount is used. Nothing is inferred if a standard cannot be paired.

Modules:

* `rates` parses a standard into a rate, and counts the periods within a number of months.
* `declared` computes the lines of 资金测算, or reports the operand that a line is missing.
* `inferred` collects counts, standards and lump sums from the indicators, and pairs them.
* `total` selects the source that applies to a table, and returns the sum with its written-out lines.

Amounts are in 元. The rules on funding and the report are based on these modules; the arithmetic itself is in
`perftarget.values.money`.
"""
