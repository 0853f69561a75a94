from service.models.account import Account
