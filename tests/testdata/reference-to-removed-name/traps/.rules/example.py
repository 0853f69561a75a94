# an example for some tool
from shop.plain import never_there
