import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dekaan.core.second_wall import SecondWall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0004_employed_here'),
        ('programme', '0011_directory'),
        ('schools', '0005_the_school_day'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Loaded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20, unique=True)),
                ('source', models.CharField(max_length=300)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('loaded_on', models.DateField()),
                ('rows', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name_plural': 'loaded files',
                'ordering': ('key',),
            },
        ),
        migrations.CreateModel(
            name='OccupationGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('plain', models.CharField(max_length=200)),
                ('describes', models.TextField(blank=True)),
                ('tasks', models.JSONField(default=list)),
                ('entry', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('code',),
            },
        ),
        migrations.CreateModel(
            name='DestinationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(max_length=6)),
                ('urn', models.CharField(blank=True, max_length=6)),
                ('place', models.CharField(max_length=200)),
                ('period', models.CharField(max_length=6)),
                ('topic', models.CharField(max_length=80)),
                ('group', models.CharField(max_length=120)),
                ('version', models.CharField(blank=True, max_length=20)),
                ('cohort', models.CharField(blank=True, max_length=12)),
                ('numbers', models.JSONField(default=dict)),
                ('shares', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ('stage', '-period', 'urn', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('stage', 'urn', 'period', 'topic', 'group'), name='a_destination_row_once')],
            },
        ),
        migrations.CreateModel(
            name='LinkRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('is_weekly', models.BooleanField(default=False)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('looked_at', models.PositiveSmallIntegerField(default=0)),
                ('broken', models.PositiveSmallIntegerField(default=0)),
                ('unread', models.PositiveSmallIntegerField(default=0)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='LookUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(max_length=20)),
                ('about', models.CharField(max_length=80)),
                ('answer', models.JSONField(default=dict)),
                ('problem', models.CharField(blank=True, max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('service', 'about'),
                'constraints': [models.UniqueConstraint(fields=('service', 'about'), name='one_answer_about_each')],
            },
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('says', models.CharField(blank=True, max_length=300)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('kept_at', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(max_length=20)),
                ('audiences', models.JSONField(default=list)),
                ('key_stages', models.JSONField(default=list)),
                ('subject', models.CharField(blank=True, max_length=60)),
                ('review_on', models.DateField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('number', models.PositiveIntegerField()),
                ('added_on', models.DateField()),
                ('set_aside_on', models.DateField(blank=True, null=True)),
                ('link_state', models.CharField(blank=True, choices=[('', 'Not looked at yet'), ('fine', 'It opens'), ('broken', 'Broken'), ('unread', 'Could not be read')], default='', max_length=6)),
                ('link_reason', models.CharField(blank=True, max_length=20)),
                ('link_checked_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.staffmember')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ('title', 'pk'),
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ResourceUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added', models.BigIntegerField(default=0)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='library.resource')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ('pk',),
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Visits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('pupils', 'Pupils'), ('carers', 'Parents and carers'), ('staff', 'Staff')], max_length=6)),
                ('key_stage', models.PositiveSmallIntegerField(default=0)),
                ('month', models.DateField()),
                ('presses', models.PositiveIntegerField(default=0)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='library.resource')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'verbose_name_plural': 'visits',
                'ordering': ('month', 'pk'),
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.UniqueConstraint(fields=('school', 'number'), name='a_resource_by_its_number'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('address', ''), ('kept_at', ''), _negated=True), name='a_resource_is_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='resourceuse',
            constraint=models.UniqueConstraint(fields=('resource', 'activity'), name='a_resource_used_once_in_each'),
        ),
        migrations.AddConstraint(
            model_name='visits',
            constraint=models.UniqueConstraint(fields=('resource', 'audience', 'key_stage', 'month'), name='visits_of_a_month_together'),
        ),
        SecondWall("Resource"),
        SecondWall("ResourceUse"),
        SecondWall("Visits"),
        SecondWall("LinkRound"),
    ]
