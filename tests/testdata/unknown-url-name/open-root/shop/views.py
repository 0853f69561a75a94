from django.shortcuts import redirect


def basket(request):
    redirect("account_login")
    redirect("account:login")
    return redirect("shop:gone")
    #               ^^^^^^^^^^^ unknown-url-name
