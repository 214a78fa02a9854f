"""What the indicators of a table mean: what each must be, which direction is good, and what its value is."""
