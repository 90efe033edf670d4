"""Mail: the texts that the owner may change, and the channel that brings letters.

Knows nothing of clients and invoices: an app names what it writes for in
``settings.MAIL_PURPOSES``, and puts its letters into the outbox.
"""
