"""Reminders to the client before a last day, and for a payment order forgotten."""
