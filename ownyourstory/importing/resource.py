"""Rows of a list become rows of a model: new, changed, the same, or to be mended.

The work is django-import-export's: a row is found or begun, its cells are read, the
model's own rules are asked, it is saved, and all of it is taken back in a dry run or
where one row is wrong. Rows are saved one by one, so that each has its history.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult
from import_export.widgets import Widget
from tablib import Dataset

from ownyourstory.changes import in_words
from ownyourstory.pages import beside_fields

from .columns import Column, Matched, match
from .outcome import Change, Fate, Line, Mistake, Outcome
from .reading import Cell, Row, as_text, rows_in

logger = logging.getLogger(__name__)

EXAMPLE = {"nl": "VOORBEELD: ", "fr": "EXEMPLE : ", "en": "EXAMPLE: "}
"""How the row begins that only shows what a list looks like."""


class _Cell(Widget):
    """Reads the cells of a column."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.column.clean(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class _Result(RowResult):
    """What became of a row, with what changed in it and in the rows below it."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[Change] = []


class SheetResource(Resource):
    """How the rows of a list become rows of ``Meta.model``."""

    columns: ClassVar[tuple[Column, ...]]
    marked: ClassVar[str]
    """The column in which the template marks its example."""
    beside: ClassVar[Mapping[str, str]] = {}
    """The field for the message of a constraint, by the end of its name."""

    class Meta:
        import_id_fields: ClassVar[list[str]] = []
        instance_loader_class = BaseInstanceLoader
        use_transactions = True
        clean_model_instances = True
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, parts: Collection[type[Any]] = ()) -> None:
        """Read the columns of the model itself and of those of ``parts``."""
        super().__init__()
        self.used = [
            column
            for column in self.columns
            if column.part is None or column.part in parts
        ]
        self.fields = {
            column.name: Field(
                attribute=column.name, column_name=column.name, widget=_Cell(column)
            )
            for column in self.used
            if column.part is None
        }
        self.row_number = 0
        self.is_dry_run = True
        self.rows: list[Row] = []
        self.matched = Matched({}, {}, [])

    @classmethod
    def get_row_result_class(cls) -> type[RowResult]:
        return _Result

    # The whole list

    def try_out(self, content: bytes) -> Outcome:
        """Return what the file would change. Changes nothing.

        Raises Unreadable if it is no list.
        """
        return self._import(content, dry_run=True)

    @transaction.atomic
    def bring_in(self, content: bytes, *, shown: str) -> Outcome | None:
        """Store the file and return what changed, or ``None`` and store nothing.

        All or nothing: it stores nothing where a row is wrong, and nothing where the
        outcome is not the one with the digest ``shown``, because something was changed
        in the meantime. Imports wait for each other.

        Raises Unreadable if it is no list.
        """
        kinds = ContentType.objects.select_for_update()
        kinds.get(pk=ContentType.objects.get_for_model(self._meta.model).pk)
        outcome = self._import(content, dry_run=False)
        if outcome.is_right and outcome.digest == shown:
            return outcome
        transaction.set_rollback(True)
        return None

    def _import(self, content: bytes, *, dry_run: bool) -> Outcome:
        header, *rows = rows_in(content)
        self.is_dry_run = dry_run
        self.matched = match(header.cells, self.used)
        self.rows = [row for row in rows if not self._is_example(row)]
        data = Dataset(headers=list(self.matched.places))
        for row in self.rows:
            data.append([self._at(row, name) for name in self.matched.places])
        result = self.import_data(
            data, dry_run=dry_run, rollback_on_validation_errors=True
        )
        for failure in result.base_errors:
            raise failure.error
        return Outcome(
            [
                self._line(row, made)
                for row, made in zip(self.rows, result.rows, strict=True)
            ],
            examples=len(rows) - len(self.rows),
            unknown=self.matched.unknown,
        )

    def _at(self, row: Row, name: str) -> Cell:
        place = self.matched.places.get(name, len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    def _is_example(self, row: Row) -> bool:
        return as_text(self._at(row, self.marked)).startswith(tuple(EXAMPLE.values()))

    # One row

    def before_import_row(self, row: dict[str, Cell], **kwargs: Any) -> None:
        self.row_number = self.rows[kwargs["row_number"] - 1].number
        super().before_import_row(row, **kwargs)

    def stored(self, pk: int) -> Any:
        """Return the row of the model with this key; nobody else changes it now."""
        rows = self._meta.model._default_manager.all()
        return (rows if self.is_dry_run else rows.select_for_update()).get(pk=pk)

    def init_instance(self, row: Any = None) -> Any:
        return self._meta.model()

    def import_field(
        self, field: Any, instance: Any, row: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Read a cell that is filled in: an empty one overwrites nothing."""
        if row.get(field.column_name, "") != "":
            super().import_field(field, instance, row, *args, **kwargs)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, **kwargs: Any
    ) -> None:
        """Ask all that a page asks of a row: the same rules, in the same words."""
        errors: dict[str, Any] = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=set(errors), validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            self._refuse(instance, errors)

    def do_instance_save(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        """Save; the constraints are asked by the database itself, all at once.

        To ask for them one by one before would take a minute for a long list.
        """
        try:
            with transaction.atomic():
                super().do_instance_save(instance, *args, **kwargs)
        except IntegrityError:
            self._refuse(instance, {})
            raise

    def _refuse(self, instance: Any, errors: dict[str, Any]) -> None:
        """Raise ``errors`` and what the constraints of ``instance`` say, if any."""
        try:
            instance.validate_constraints(exclude=set(errors))
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise beside_fields(
                ValidationError(errors),
                row=instance,
                beside=self.beside,
                fields=self.fields,
            )

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        super().after_import_row(row, row_result, **kwargs)
        row_result.changes += self.changes(
            row_result.original, row_result.instance, names=self.fields
        )

    def changes(
        self, was: Any, becomes: Any, *, names: Iterable[str], prefix: str = ""
    ) -> list[Change]:
        """Return what differs in the fields of the columns ``names``, in words.

        ``prefix`` is what their names have before that of the field.
        """
        found = []
        for name in names:
            field = name.removeprefix(prefix)
            if was is None and getattr(becomes, field) is False:
                continue  # a tick that was never there
            old = "" if was is None else in_words(was, field)
            new = in_words(becomes, field)
            if old != new:
                found.append(Change(self.label(name), old, new))
        return found

    def label(self, name: str) -> str:
        """Return what the file calls a column, or else the template."""
        return self.matched.typed.get(name) or self._headers.get(name, "")

    @cached_property
    def _headers(self) -> dict[str, str]:
        return {column.name: column.header for column in self.used}

    def _line(self, row: Row, made: Any) -> Line:
        title = as_text(self._at(row, self.marked))
        if mistakes := self._mistakes(row, made):
            return Line(row.number, title, Fate.WRONG, mistakes=mistakes)
        changes = tuple(made.changes)
        if not changes:
            fate = Fate.SAME
        elif made.import_type == RowResult.IMPORT_TYPE_NEW:
            fate = Fate.NEW
        else:
            fate = Fate.CHANGED
        return Line(row.number, str(made.instance), fate, changes)

    def _mistakes(self, row: Row, made: Any) -> tuple[Mistake, ...]:
        for failure in made.errors:
            if not isinstance(failure.error, DatabaseError):
                raise failure.error
            logger.error("row %s was not stored", row.number, exc_info=failure.error)
            return (Mistake("", "", _("This row cannot be stored.")),)
        error = made.validation_error
        if error is None:
            return ()
        found = (
            error.message_dict
            if hasattr(error, "error_dict")
            else {NON_FIELD_ERRORS: error.messages}
        )
        # Where it could not be told who the row is about, no cell was read yet.
        found = self._unreadable(row) | found
        places = list(self.matched.places)
        names = sorted(
            found,
            key=lambda name: places.index(name) if name in places else len(places),
        )
        return tuple(
            Mistake(self.label(name), as_text(self._at(row, name)), message)
            for name in names
            for message in found[name]
        )

    def _unreadable(self, row: Row) -> dict[str, list[str]]:
        """Return what is wrong with cells that cannot be read at all."""
        found = {}
        for column in self.used:
            cell = self._at(row, column.name)
            if cell == "":
                continue
            try:
                column.clean(cell)
            except ValueError as error:
                found[column.name] = [str(error)]
        return found
