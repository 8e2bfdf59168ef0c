"""Pictures, their labels, and which of them are kept out of training."""
