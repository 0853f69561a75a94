try:
    from elsewhere import Timing
except ImportError:
    Timing = None
