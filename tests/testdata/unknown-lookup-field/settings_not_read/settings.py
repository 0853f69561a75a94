import glob

for path in sorted(glob.glob("settings/*.conf")):
    with open(path) as config:
        exec(config.read())
