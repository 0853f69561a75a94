import shop.mail as post
from shop import mail, texts
from shop.mail import GOODBYE, HELLO, render, send_invoice, send_receipt
#                                                           ^^^^^^^^^^^^ reference-to-removed-name
from shop.mail import send_reminder as remind
#                     ^^^^^^^^^^^^^^^^^^^^^^^ reference-to-removed-name


def pay(order, text=texts.FAREWELL):
#                   ^^^^^^^^^^^^^^ reference-to-removed-name
    if order.total > 0:
        mail.send_invoice(order)
        mail.send_bill(order)
#       ^^^^^^^^^^^^^^ reference-to-removed-name
    post.send_bill(order)
#   ^^^^^^^^^^^^^^ reference-to-removed-name
    return text or texts.HELLO


class Order:
    kind = texts.KIND
#          ^^^^^^^^^^ reference-to-removed-name

    def audit(self):
        from shop.audit import log, flush
#                              ^^^ reference-to-removed-name

        log(self)
        flush()

    def report(self):
        import shop.reports
#              ^^^^^^^^^^^^ reference-to-removed-name
        from shop import prices, texts
#                        ^^^^^^ reference-to-removed-name

        try:
            texts.SORRY.upper()
#           ^^^^^^^^^^^ reference-to-removed-name
        except ValueError:
            pass
        return [texts.THANKS for _ in (1, 2)]
#               ^^^^^^^^^^^^ reference-to-removed-name
