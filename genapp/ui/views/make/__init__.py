"""The make view."""
