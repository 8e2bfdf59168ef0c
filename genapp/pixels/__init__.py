"""Pure functions of pixels: finishing, enlarging, sheets, films, PNG files. They know no models."""
