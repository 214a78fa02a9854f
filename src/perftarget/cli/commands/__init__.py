"""One module a command, each reading from top to bottom."""
