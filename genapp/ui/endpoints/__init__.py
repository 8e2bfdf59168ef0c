"""Server calls that several views share."""
