from app import models, models_copy
