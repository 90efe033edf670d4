"""Last days as calendar files: a feed for ourselves, and a file for a client."""
