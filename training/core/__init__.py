"""What all training shares: configurations, pixels, checkpoints, averages, losses, provenance."""
