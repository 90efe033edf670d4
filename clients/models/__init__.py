"""Clients, their contact people, and what the scheme asks of a client."""

from .client import Client, ClientKind, Contact, VatLiability
from .conditions import Activity, Conditions
from .elsewhere import ElsewhereUse

__all__ = [
    "Activity",
    "Client",
    "ClientKind",
    "Conditions",
    "Contact",
    "ElsewhereUse",
    "VatLiability",
]
