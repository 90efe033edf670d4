"""The outbox: what is to leave the house, committed with what it is about.

A row says what goes to whom over which channel; a worker brings it afterwards, once.
"""
