"""The draw view."""
