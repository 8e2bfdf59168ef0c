"""The photo view."""
