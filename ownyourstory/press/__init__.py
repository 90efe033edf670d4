"""From HTML to paper: the fonts and the look of the house, and PDF/A from both."""
