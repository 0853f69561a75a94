def forget(sender, instance, **kwargs):
    print("forgetting", instance)
