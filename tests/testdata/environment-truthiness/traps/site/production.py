from site.settings import *

USE_X_FORWARDED_HOST = USE_X_FORWARDED_HOST == "1"
