"""Lists from a spreadsheet: looked at first, then brought in whole or not at all.

Nothing of it that needs a spreadsheet library is loaded before a list is brought in:
pages name what they import by a dotted path.
"""
