"""The faces view."""
