"""Result cache keyed by content hash, and the record of whole runs."""
