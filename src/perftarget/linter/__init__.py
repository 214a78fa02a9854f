"""Rule API and engine: findings, diagnostics, fixes, baseline, facts across tables."""
