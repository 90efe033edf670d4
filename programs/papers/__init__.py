"""The papers of a dossier: what they say, and the PDF made from it."""
