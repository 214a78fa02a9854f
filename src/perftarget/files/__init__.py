"""File access: discovery, path safety, atomic writing, and git."""
