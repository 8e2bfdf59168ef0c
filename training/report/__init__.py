"""The model card on the Hub, and its sheets of samples."""
