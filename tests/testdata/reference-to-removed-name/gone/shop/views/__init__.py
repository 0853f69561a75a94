from .orders import cancel, pay
#                   ^^^^^^ reference-to-removed-name
