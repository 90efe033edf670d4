"""The standard texts of the payment reminders. The owner may change each letter."""
