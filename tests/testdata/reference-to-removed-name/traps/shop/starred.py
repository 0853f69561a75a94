from library import *
