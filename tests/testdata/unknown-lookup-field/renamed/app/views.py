from app.models import Check, Ping
from django.db.models import F, Q


def pings(moment):
    late = Check.objects.filter(last_pings__lt=moment)
    #                           ^^^^^^^^^^ unknown-lookup-field
    return Ping.objects.filter(Q(kinds="a") | Q(check_of__nam=F('check_of__name')), check_of__in=late)
    #                            ^^^^^ unknown-lookup-field
    #                                                     ^^^ unknown-lookup-field
