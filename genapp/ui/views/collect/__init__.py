"""The collect view."""
