"""Tags for pages of apps below this one: they show dossiers without importing them."""
