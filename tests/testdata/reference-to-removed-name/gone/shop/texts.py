HELLO = "hello"
if HELLO:
    GOODBYE = "goodbye"
