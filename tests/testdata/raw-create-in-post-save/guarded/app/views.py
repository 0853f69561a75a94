from django.contrib.auth.models import User
from django.shortcuts import redirect

from .models import Order, Parcel, Profile, Reward


def sign_up(request):
    user = User.objects.create_user(request.POST["name"])
    Profile.objects.create(user=user)
    return redirect("/")


def pay(request, pk):
    order = Order.objects.get(pk=pk)
    reward = Reward.objects.filter(order=order).first()
    if reward is None:
        Reward.objects.create(order=order)
    return redirect("/")


def pay_again(request, pk):
    order = Order.objects.get(pk=pk)
    order.reward.delete()
    Reward.objects.create(order=order)
    return redirect("/")


def pay_at_last(request, pk):
    order = Order.objects.get(pk=pk)
    try:
        reward = order.reward
    except Reward.DoesNotExist:
        reward = Reward.objects.create(order=order)
    return redirect(reward)


def nobody_calls_it(order):
    Parcel.objects.create(order=order)
