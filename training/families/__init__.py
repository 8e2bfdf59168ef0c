"""Families of models, each with its networks, losses and graphs."""
