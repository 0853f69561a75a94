class ArchiveRouter:
    def allow_migrate(self, db, app_label, **hints):
        return (db == "archive") == (app_label == "archive")
