"""However a statement is written, it runs for the schools in scope or not at all."""

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Max, Q, Value
from django.forms import ModelForm

from dekaan.core.scope import NoSchoolInScope, WrongSchool, schools_in_scope, working_in
from dekaan.people.models import Enrolment, Group, Pupil
from dekaan.schools.models import CalendarEntry, School
from tests.stock import pupil

ASKED = {
    "list": lambda: list(Pupil.objects.all()),
    "iterator": lambda: list(Pupil.objects.iterator()),
    "first": Pupil.objects.first,
    "last": lambda: Pupil.objects.order_by("pk").last(),
    "latest": lambda: Enrolment.objects.latest("starts_on"),
    "get": lambda: Pupil.objects.get(surname="Lovell"),
    "exists": Pupil.objects.exists,
    "contains": lambda: Pupil.objects.contains(Pupil(pk=1)),
    "count": Pupil.objects.count,
    "slice": lambda: len(Pupil.objects.all()[:3]),
    "aggregate": lambda: Pupil.objects.aggregate(Max("pk")),
    "annotate": lambda: list(Pupil.objects.annotate(stays=Count("enrolments"))),
    "values": lambda: list(Pupil.objects.values("surname")),
    "values_list": lambda: list(Pupil.objects.values_list("surname", flat=True)),
    "distinct": lambda: list(Pupil.objects.values("surname").distinct()),
    "dates": lambda: list(Enrolment.objects.dates("starts_on", "year")),
    "in_bulk": Pupil.objects.in_bulk,
    "filter": lambda: list(Pupil.objects.filter(Q(surname="Lovell") | Q(forename="Ada"))),
    "exclude": lambda: list(Pupil.objects.exclude(surname="")),
    "through a foreign key": lambda: list(Enrolment.objects.filter(pupil__surname="Lovell")),
    "select_related": lambda: list(Enrolment.objects.select_related("pupil")),
    "prefetch_related": lambda: list(Pupil.objects.prefetch_related("enrolments")),
    "subquery": lambda: list(School.objects.filter(pk__in=Pupil.objects.values("school_id"))),
    "exists in a subquery": lambda: list(School.objects.filter(models.Exists(Pupil.objects.all()))),
    "union": lambda: list(Pupil.objects.order_by().union(Pupil.objects.order_by())),
    "select_for_update": lambda: list(Pupil.objects.select_for_update()),
    "explain": Pupil.objects.explain,
    "base manager": lambda: list(Pupil._base_manager.all()),
    "update": lambda: Pupil.objects.update(surname="Nobody"),
    "update from another column": lambda: Pupil.objects.update(surname=F("forename")),
    "delete": lambda: CalendarEntry.objects.all().delete(),
    "create": lambda: CalendarEntry.objects.create(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 1), kind="inset"),
    "bulk_create": lambda: Pupil.objects.bulk_create([Pupil(surname="New", forename="Nell")]),
    "get_or_create": lambda: Pupil.objects.get_or_create(surname="New"),
    "update_or_create": lambda: Pupil.objects.update_or_create(surname="New", defaults={"forename": "Nell"}),
    "save": lambda: Pupil(surname="New", forename="Nell").save(),
}


@pytest.mark.parametrize("how", ASKED)
def test_a_statement_without_a_school_in_scope_is_not_run(stock, how):
    with working_in(stock.ashdown):
        pupil()
    with pytest.raises(NoSchoolInScope):
        ASKED[how]()


OF_A_ROW = {
    "save": lambda ada: ada.save(),
    "save of one field": lambda ada: ada.save(update_fields=["surname"]),
    "delete": lambda ada: ada.delete(),
    "refresh_from_db": lambda ada: ada.refresh_from_db(),
    "related manager": lambda ada: list(ada.enrolments.all()),
    "count of the related": lambda ada: ada.enrolments.count(),
    "create a related": lambda ada: ada.enrolments.create(starts_on=date(2026, 1, 1)),
    "bulk_update": lambda ada: Pupil.objects.bulk_update([ada], ["surname"]),
}


@pytest.mark.parametrize("how", OF_A_ROW)
def test_a_row_in_hand_is_no_way_round_the_scope(stock, how):
    with working_in(stock.ashdown):
        ada = pupil()
    with pytest.raises(NoSchoolInScope):
        OF_A_ROW[how](ada)


def test_a_row_without_relations_is_not_deleted_outside_its_school_either(stock):
    """Django deletes such a row without asking a manager."""
    with working_in(stock.ashdown):
        day = CalendarEntry.objects.create(starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 5), kind="inset")
    with pytest.raises(NoSchoolInScope):
        day.delete()
    with working_in(stock.beckford), pytest.raises(WrongSchool):
        day.delete()
    with working_in(stock.ashdown):
        assert CalendarEntry.objects.get() == day


def test_a_foreign_key_is_not_followed_outside_the_scope(stock):
    with working_in(stock.ashdown):
        stay = Enrolment.objects.get(pupil=pupil())
        stay = Enrolment.objects.get(pk=stay.pk)
    with pytest.raises(NoSchoolInScope):
        _ = stay.pupil


def test_a_query_set_and_a_form_may_be_built_anywhere(stock):
    class PlainForm(ModelForm):
        class Meta:
            model = Enrolment
            fields = ("pupil", "starts_on")

    waiting, form = Pupil.objects.filter(surname="Lovell").order_by("forename"), PlainForm()
    with working_in(stock.ashdown):
        ada = pupil()
        assert list(waiting.all()) == [ada]
        assert list(form.fields["pupil"].queryset) == [ada]
    with working_in(stock.beckford):
        assert list(waiting.all()) == []


SEEN = {
    "list": lambda: [each.surname for each in Pupil.objects.all()],
    "values": lambda: list(Pupil.objects.values_list("surname", flat=True)),
    "in_bulk": lambda: [each.surname for each in Pupil.objects.in_bulk().values()],
    "first": lambda: [Pupil.objects.order_by("pk").first().surname],
    "last": lambda: [Pupil.objects.order_by("pk").last().surname],
    "either or": lambda: [each.surname for each in Pupil.objects.filter(Q(surname="Canary") | Q(surname="Lovell"))],
    "union": lambda: [each.surname for each in Pupil.objects.order_by().union(Pupil.objects.order_by())],
    "join": lambda: list(Enrolment.objects.values_list("pupil__surname", flat=True)),
    "prefetch": lambda: [
        stay.pupil.surname
        for each in Pupil.objects.prefetch_related("enrolments__pupil")
        for stay in each.enrolments.all()
    ],
    "subquery": lambda: list(
        Pupil.objects.filter(pk__in=Enrolment.objects.values("pupil_id")).values_list("surname", flat=True)
    ),
}


@pytest.mark.parametrize("how", SEEN)
def test_inside_one_school_none_of_anothers_is_seen(two_schools, how):
    with working_in(two_schools.ashdown):
        assert SEEN[how]() == ["Lovell"]
    with working_in(two_schools.beckford):
        assert SEEN[how]() == ["Canary"]


def test_counts_and_sums_are_of_the_one_school(two_schools):
    with working_in(two_schools.ashdown):
        pupil("Ben")
        assert (Pupil.objects.count(), Pupil.objects.aggregate(most=Count("pk"))) == (2, {"most": 2})
        assert not Pupil.objects.filter(surname="Canary").exists()
    with working_in(two_schools.beckford):
        assert (Pupil.objects.count(), Pupil.objects.aggregate(most=Count("pk"))) == (1, {"most": 1})


def test_a_smuggled_id_finds_nothing(two_schools):
    with working_in(two_schools.ashdown):
        assert Pupil.objects.filter(pk=two_schools.bruno.pk).first() is None
        with pytest.raises(Pupil.DoesNotExist):
            Pupil.objects.get(pk=two_schools.bruno.pk)
        with pytest.raises(Pupil.DoesNotExist):
            two_schools.bruno.refresh_from_db()
        with pytest.raises(Pupil.DoesNotExist):
            _ = Enrolment(pupil_id=two_schools.bruno.pk).pupil


def test_update_and_delete_leave_another_schools_rows_alone(two_schools):
    with working_in(two_schools.ashdown):
        assert Pupil.objects.filter(surname="Canary").update(surname="Struck") == 0
        assert Pupil.objects.update(preferred_forename="Everyone") == 1
        assert Group.objects.filter(pk__in=Group.objects.values("pk")).exists()
        Enrolment.objects.all().delete()
    with working_in(two_schools.beckford):
        bruno = Pupil.objects.get()
        assert (bruno.surname, bruno.preferred_forename, bruno.enrolments.count()) == ("Canary", "", 1)


def test_nothing_is_written_into_another_school(two_schools):
    beckford = two_schools.beckford
    with working_in(two_schools.ashdown):
        for write in (
            lambda: Pupil.objects.create(surname="Cuckoo", forename="C", school=beckford),
            lambda: Pupil(surname="Cuckoo", forename="C", school=beckford).save(),
            lambda: Pupil.objects.bulk_create([Pupil(surname="Cuckoo", forename="C", school=beckford)]),
            lambda: Pupil.objects.get_or_create(surname="Cuckoo", defaults={"school": beckford}),
            two_schools.bruno.save,
            two_schools.bruno.delete,
        ):
            with pytest.raises(WrongSchool):
                write()
    with working_in(two_schools.ashdown, beckford):
        assert list(Pupil.objects.values_list("surname", flat=True)) == ["Canary", "Lovell"]


def test_a_row_is_not_given_away_to_another_school(two_schools):
    ada, beckford = two_schools.ada, two_schools.beckford
    with working_in(two_schools.ashdown):
        for give in (
            lambda: Pupil.objects.update(school=beckford),
            lambda: Pupil.objects.filter(pk=ada.pk).update(school_id=beckford.pk),
            lambda: Pupil.objects.bulk_update([Pupil(pk=ada.pk, school=beckford)], ["school"]),
        ):
            with pytest.raises(WrongSchool), transaction.atomic():
                give()
        ada.school = beckford
        with pytest.raises(WrongSchool):
            ada.save()
    with working_in(two_schools.beckford):
        assert list(Pupil.objects.values_list("surname", flat=True)) == ["Canary"]


def test_a_row_is_not_taken_from_another_school(two_schools):
    """Its id with our school is a row that is there already, and not ours."""
    bruno, ashdown = two_schools.bruno, two_schools.ashdown
    bruno.school = ashdown
    with pytest.raises(IntegrityError), working_in(ashdown), transaction.atomic():
        bruno.save()
    with working_in(two_schools.beckford):
        assert Pupil.objects.get().surname == "Canary"


def test_new_rows_belong_to_the_school_in_scope(stock):
    with working_in(stock.ashdown):
        made = [
            Pupil.objects.create(surname="One", forename="O"),
            Pupil(surname="Two", forename="T"),
            *Pupil.objects.bulk_create([Pupil(surname="Three", forename="T")]),
        ]
        made[1].save()
        assert [each.school for each in made] == [stock.ashdown] * 3


def test_two_schools_in_scope_are_both_seen_and_a_new_row_must_say_which(two_schools):
    with working_in(two_schools.ashdown, two_schools.beckford):
        assert list(Pupil.objects.values_list("surname", flat=True)) == ["Canary", "Lovell"]
        with pytest.raises(NoSchoolInScope):
            Pupil.objects.create(surname="Whose", forename="W")
        assert Pupil.objects.create(surname="Ours", forename="O", school=two_schools.ashdown).pk


def test_no_schools_in_scope_is_not_every_school(two_schools):
    with working_in():
        assert list(Pupil.objects.all()) == []
        assert schools_in_scope() == frozenset()


def test_a_scope_inside_another_is_put_back_when_it_ends(two_schools):
    with working_in(two_schools.ashdown):
        with working_in(two_schools.beckford):
            assert Pupil.objects.get().surname == "Canary"
        assert Pupil.objects.get().surname == "Lovell"
        with pytest.raises(ZeroDivisionError), working_in(two_schools.beckford):
            _ = 1 / 0
        assert schools_in_scope() == {two_schools.ashdown.pk}
        assert Pupil.objects.get().surname == "Lovell"
    with pytest.raises(NoSchoolInScope):
        schools_in_scope()


def test_what_one_page_asks_of_a_model_is_not_asked_by_the_next(two_schools):
    """The question for the rows in scope is put together once for each model: neither filters nor schools stay in it."""
    with working_in(two_schools.ashdown):
        everybody = set(Pupil.objects.values_list("pk", flat=True))
        narrowed = Pupil.objects.filter(surname="nobody's").exclude(pk=1).order_by("-pk").select_related("school")
        assert not narrowed.annotate(much=Value(1)).values("much").exists()
        assert set(Pupil.objects.values_list("pk", flat=True)) == everybody
    with working_in(two_schools.beckford):
        others = set(Pupil.objects.values_list("pk", flat=True))
        assert others
        assert not others & everybody
    with pytest.raises(NoSchoolInScope):
        Pupil.objects.exists()
