"""Ways through latents: walks from one to another, and blends of several."""
