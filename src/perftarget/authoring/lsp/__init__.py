"""Language server: diagnostics, hover, quick fixes and completion for editors."""
