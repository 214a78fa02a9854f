"""Tools for authors of tables: new tables, suggestions, JSON schemas, the language server."""
