"""Tables: model, document, reader, renderer, importer, printed form and costing."""
