"""Money in: what is expected on which road, what came, and what is still open."""
