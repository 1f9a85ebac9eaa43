"""The language server: findings, and what leads where, while somebody writes."""
