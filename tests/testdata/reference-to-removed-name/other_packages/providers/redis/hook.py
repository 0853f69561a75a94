# the library of that name
from redis.client import Redis
from redis.exceptions import RedisError
