from shop.models.other import Other
