"""A kind of output and a family that the project does not know: three-letter words. See docs/architecture.md."""
