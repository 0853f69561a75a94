import helpers
from helpers import hover

hover()
