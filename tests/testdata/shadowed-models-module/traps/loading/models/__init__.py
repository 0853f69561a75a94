from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

spec = spec_from_file_location("loading.old_models", Path(__file__).parent.parent / "models.py")
old_models = module_from_spec(spec)
spec.loader.exec_module(old_models)
