"""The e-invoice: a document as UBL 2.1, written from the ``Document`` alone."""
