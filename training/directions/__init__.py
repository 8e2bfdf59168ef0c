"""Directions in latent space along which pictures can be edited."""
