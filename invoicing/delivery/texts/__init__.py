"""The standard mails, in each language as one writes it: not word for word."""
