"""hslint: a linter for Kubernetes StatefulSets, headless Services, and the names and ports between them."""

__version__ = "0.1.0"
