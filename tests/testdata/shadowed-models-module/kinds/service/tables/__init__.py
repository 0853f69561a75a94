from service.database import Base
