class Adapter:
    def __init__(self, model):
        self.model = model


class Registry:
    def __init__(self):
        self.models = {}

    def register(self, model, adapter_cls=Adapter, **overrides):
        if overrides:
            adapter_cls = type("Custom", (adapter_cls,), overrides)
        self.models[model] = adapter_cls(model)


registry = Registry()
