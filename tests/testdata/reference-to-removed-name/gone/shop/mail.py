from shop.texts import *

try:
    from shop.fast import render
except ImportError:
    def render(text):
        return text


def send_invoice(order):
    print("invoice", order)
