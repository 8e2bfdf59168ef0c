"""A run: the loop, another run's weights to begin with, and the export of its model."""
