"""What the accountant gets: journal, VAT grids, open items, listings and the pack."""
