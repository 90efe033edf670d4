"""A client's statement of account: what is open and how to pay it, on paper."""
