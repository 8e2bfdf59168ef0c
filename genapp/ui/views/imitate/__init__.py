"""The imitate view."""
