from sqlalchemy.orm import Mapped, mapped_column

from names import Keyed


class Owner(Keyed):
    pass
