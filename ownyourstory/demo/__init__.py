"""An example office to try the program out: invented clients, courses and invoices."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from .bank import put_in_bank_file
from .clients import put_in_clients
from .company import complete_company
from .courses import put_in_courses
from .days import LAST_DAY
from .disputes import put_in_disputes
from .enrolments import put_in_enrolments
from .invoices import put_in_invoices
from .money import put_in_money
from .programs import put_in_programs


@transaction.atomic
def put_in(*, today: date) -> None:
    """Add what is missing of the example office as it would be on ``today``.

    All or nothing, and safe to repeat: what is there already stays as it is.
    """
    today = min(today, LAST_DAY)
    complete_company()
    clients = put_in_clients(today=today)
    courses = put_in_courses(put_in_programs(), clients, today=today)
    enrolments = put_in_enrolments(clients, courses, today=today)
    put_in_invoices(clients, enrolments, today=today)
    put_in_money(enrolments, today=today)
    put_in_bank_file(enrolments, today=today)
    put_in_disputes(enrolments, today=today)
