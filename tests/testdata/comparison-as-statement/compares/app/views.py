ORDERS = {"updated": "-updated"}

DEFAULT = "new"
DEFAULT == "updated"
#^^^^^^^^^^^^^^^^^^^ comparison-as-statement


def questions(request, rows):
    order = request.GET.get("order")
    if order not in ORDERS:
        order == "updated"
#       ^^^^^^^^^^^^^^^^^^ comparison-as-statement
    for row in rows:
        row.fields["order"] == order
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comparison-as-statement
        row.status == "done"
#       ^^^^^^^^^^^^^^^^^^^^ comparison-as-statement
        row.save()
    return ORDERS[order]
