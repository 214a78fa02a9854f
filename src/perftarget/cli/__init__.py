"""Command line: the application, its options, help and shell completion."""
