"""YAML: loader with the position of every value, scalars, and writer."""
