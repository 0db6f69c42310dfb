"""A school's data cannot be forgotten: every statement on a school-owned table is limited to the schools in scope.

The condition is looked up while the SQL is compiled, so a query set may be built anywhere and runs only inside
`working_in`. On PostgreSQL the same schools are told to the database for the length of the transaction, where
row-level security is the second wall. Listed in docs/care.md.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models.expressions import Expression, F
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query

_scope: ContextVar[frozenset[int] | None] = ContextVar("schools_in_scope", default=None)


class NoSchoolInScope(Exception):
    """A school-owned table was asked without saying for which school."""


class WrongSchool(Exception):
    """A row of one school was written while working in another."""


def schools_in_scope() -> frozenset[int]:
    """The ids of the schools being worked in; raises NoSchoolInScope."""
    schools = _scope.get()
    if schools is None:
        raise NoSchoolInScope
    return schools


@contextmanager
def working_in(*schools: Any) -> Iterator[None]:
    """Inside, statements see these schools (School rows or ids) and no other; on PostgreSQL in one transaction."""
    ids = frozenset(getattr(school, "pk", school) for school in schools)
    before = _scope.get()
    token = _scope.set(ids)
    try:
        with ExitStack() as stack:
            if connection.vendor == "postgresql":
                if connection.in_atomic_block:
                    stack.push(lambda failed, *_: _tell_again(before, failed=failed is not None))
                else:  # what is told ends with the transaction
                    stack.enter_context(transaction.atomic())
                _tell(ids)
            yield
    finally:
        _scope.reset(token)


def _tell_again(before: frozenset[int] | None, *, failed: bool) -> None:
    """The transaction goes on with the schools of before; a broken one forgets by itself what it was told."""
    with suppress(DatabaseError) if failed else nullcontext():
        _tell(before or frozenset())


def _tell(ids: frozenset[int]) -> None:
    """Local to the transaction: a session-level setting would leak through the pool."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.school_ids', %s, true)", [",".join(map(str, sorted(ids)))])


class InScope(Expression):
    """`school_id` is one of the schools in scope, decided when the statement is compiled."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, column: Any = None) -> None:
        super().__init__(output_field=models.BooleanField())
        self.column = column if column is not None else F("school_id")

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.column,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        ids = sorted(schools_in_scope())
        sql, params = compiler.compile(self.column)  # type: ignore[arg-type]
        if len(ids) == 1:
            return f"{sql} = %s", [*params, ids[0]]
        if connection.vendor == "postgresql":
            return f"{sql} = ANY(%s)", [*params, ids]
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(ids)]  # noqa: S608 Django compiled it


class ScopedQuerySet(models.QuerySet):
    """Rows of the schools in scope."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Fill in the school when one is in scope; refuse another school's row."""
        objs = list(objs)
        for row in objs:
            claim_school(row)
        return super().bulk_create(objs, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Refuse to give a row to a school that is not in scope."""
        for name in {"school", "school_id"} & kwargs.keys():
            if getattr(kwargs[name], "pk", kwargs[name]) not in schools_in_scope():
                raise WrongSchool
        return super().update(**kwargs)


# The question that asks a model for the rows in scope, without anything else: putting it together costs more than a
# copy of it, and a page that fetches a hundred sessions with their invitations puts it together for each of them.
_questions: dict[type[models.Model], Query] = {}


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Adds the scope to every query."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet:
        queryset = super().get_queryset()
        if self.model not in _questions:
            _questions[self.model] = queryset.filter(InScope()).query
        queryset.query = _questions[self.model].chain()
        return queryset


def claim_school(row: Any) -> None:
    """Give a new row the one school in scope, or raise WrongSchool / NoSchoolInScope."""
    schools = schools_in_scope()
    if row.school_id is None:
        if len(schools) != 1:
            raise NoSchoolInScope
        (row.school_id,) = schools
    elif row.school_id not in schools:
        raise WrongSchool
