"""Every word of the page, in each of its languages."""
