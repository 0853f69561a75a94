from app.base import Base
from app.late import Late
from app.later import Later
from app.typed import Typed
