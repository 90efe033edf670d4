"""What an invoice says and how it is kept: pure values first, writers after."""
