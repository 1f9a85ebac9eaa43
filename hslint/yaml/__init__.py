"""YAML and JSON as kubectl reads them: bytes to documents, plain values, and their places."""
