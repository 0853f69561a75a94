# which `tools` is meant?
from tools.text import here, there
from tools.files import read
