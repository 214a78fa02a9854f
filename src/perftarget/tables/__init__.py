"""The table: model, document, reader, renderer, form and costing."""
