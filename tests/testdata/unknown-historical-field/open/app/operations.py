from django.db.migrations.operations.base import Operation


class AddEverything(Operation):
    def state_forwards(self, app_label, state):
        for name in self.names:
            state.add_field(app_label, "thing", name, self.field, False)


class Grant(Operation):
    def state_forwards(self, app_label, state):
        pass
