"""The people view."""
