from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str
    cache_url: str = "postgres://cache@localhost/cache"


settings = Settings()
