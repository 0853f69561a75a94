"""What Django's settings say, and what is wrong with what they say."""
