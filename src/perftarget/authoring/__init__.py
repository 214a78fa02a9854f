"""Help authors write tables: new tables, suggestions, JSON schemas, the language server."""
