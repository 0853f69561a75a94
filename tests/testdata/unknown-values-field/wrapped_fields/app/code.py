from app.models import Host, Job


def hosts():
    return Host.objects.only("id", "options").values("optoins")
    #                                                 ^^^^^^^ unknown-values-field


def jobs():
    return Job.objects.only("id", "variables", "extra", "limit", "speed").values("limit__lt")
