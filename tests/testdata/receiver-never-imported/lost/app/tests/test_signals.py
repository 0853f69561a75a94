from app.signals import deep

print(deep)
