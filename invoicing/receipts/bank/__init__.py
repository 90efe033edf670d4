"""Bank files: what came and went on the account, and for which invoice. PAY-3."""
