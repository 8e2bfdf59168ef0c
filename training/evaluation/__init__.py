"""Scores of models, and the networks that judge them."""
