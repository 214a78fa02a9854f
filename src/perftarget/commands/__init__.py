"""The commands, a file each: `HELP`, its own options, and a function of its name."""
