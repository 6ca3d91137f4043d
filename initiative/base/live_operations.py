"""Steps of migrations that hold nobody up on PostgreSQL; on other databases they are Django's own."""

from django.db.migrations.operations import AddIndex

_VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"


class AddIndexLive(AddIndex):
    """An index that PostgreSQL builds beside those who write. The migration needs `atomic = False`.

    To try again is enough: what an attempt that was broken off left behind, an index that nothing uses, is dropped first, and
    one that was built before a later step failed stays.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self._is_live(schema_editor, model):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        if schema_editor.connection.in_atomic_block:
            raise RuntimeError(f"{self.describe()} needs atomic = False in its migration.")
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_VALID, [schema_editor.quote_name(self.index.name)])
            found = cursor.fetchone()
        if found == (True,):
            return
        if found:
            schema_editor.remove_index(model, self.index, concurrently=True)
        schema_editor.add_index(model, self.index, concurrently=True)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = from_state.apps.get_model(app_label, self.model_name)
        if self._is_live(schema_editor, model):
            schema_editor.remove_index(model, self.index, concurrently=True)
        else:
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    def _is_live(self, schema_editor, model) -> bool:
        connection = schema_editor.connection
        return connection.vendor == "postgresql" and self.allow_migrate_model(connection.alias, model)

    def describe(self):
        return f"{super().describe()}, beside those who write"
