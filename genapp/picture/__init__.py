"""A picture: the recipe that decides it, and its forms as PNG, link, sheet, film and data set."""
