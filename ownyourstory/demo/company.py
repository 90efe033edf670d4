"""What the brief does not tell of our own company, invented for trying out."""

from __future__ import annotations

from invoicing.models import Seller

INVENTED = {
    "street": "Voorbeeldstraat 1",
    "postal_code": "9999",
    "city": "Voorbeeldgem",
    "court": "Voorbeeldgem, afdeling Voorbeeldgem",
    "iban": "BE68 5390 0754 7034",
    "bic": "VOBEBEBB",
    "bank": "Voorbeeldbank",
    "email": "facturen@example.com",
    "phone": "+32 9 000 00 00",
    "website": "www.example.com",
}


def complete_company() -> None:
    """Fill in what is still empty of our own company (INV-2), and nothing else."""
    seller = Seller.objects.current()
    missing = {
        name: text for name, text in INVENTED.items() if not getattr(seller, name)
    }
    if not missing:
        return
    for name, text in missing.items():
        setattr(seller, name, text)
    seller.full_clean()
    seller.save(update_fields=[*missing])
