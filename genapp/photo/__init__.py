"""Photographs: reading one, and finding and cutting out the face in it."""
