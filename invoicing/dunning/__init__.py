"""Reminders for money that is late, and what may be claimed with them."""
