from shop.models.invoice import Invoice
