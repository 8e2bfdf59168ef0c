"""The write view."""
