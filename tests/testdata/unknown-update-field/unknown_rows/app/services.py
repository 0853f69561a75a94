def set_phone(profile, number):
    profile.phone = number
    profile.save(update_fields=["phone", "history"])
    #                                     ^^^^^^^ unknown-update-field


def set_label(user_group):
    user_group.save(update_fields=["label", "length"])
    #                                        ^^^^^^ unknown-update-field


def of_another_model(user_group, thing, profile):
    user_group.save(update_fields=["label", "owner"])
    thing.save(update_fields=["label", "length"])
    profile.save(update_fields=["length"])
