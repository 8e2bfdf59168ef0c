"""Networks as modules of plain torch; size, channels and width are arguments."""
