from app import models, models_again
