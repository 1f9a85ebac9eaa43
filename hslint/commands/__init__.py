"""Subcommands that list and draw: one a file, each imported when it is asked for."""
