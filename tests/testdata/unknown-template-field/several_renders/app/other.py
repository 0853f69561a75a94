TEMPLATES = {"project": "app/named.html"}  # somebody renders it, nobody sees with what
