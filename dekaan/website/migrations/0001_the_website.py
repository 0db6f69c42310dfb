import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dekaan.core.second_wall import SecondWall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('schools', '0004_the_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WatchedWebsite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=500)),
                ('set_on', models.DateField()),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ('pk',),
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('school',), name='one_website_is_watched')],
            },
        ),
        migrations.CreateModel(
            name='WebsiteCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('visit', 'Visited'), ('saved', 'Read from a saved page')], default='visit', max_length=5)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for the worker'), ('visiting', 'On its way'), ('done', 'Done')], default='waiting', max_length=8)),
                ('is_weekly', models.BooleanField(default=False)),
                ('address', models.CharField(max_length=500)),
                ('asked_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('step', models.CharField(blank=True, max_length=200)),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('leased_by', models.CharField(blank=True, max_length=36)),
                ('unread', models.CharField(blank=True, max_length=20)),
                ('findings', models.JSONField(default=list)),
                ('documents', models.JSONField(default=list)),
                ('broken', models.JSONField(default=list)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['school', '-asked_at'], name='website_web_school__23efce_idx')],
            },
        ),
        SecondWall("WatchedWebsite"),
        SecondWall("WebsiteCheck"),
    ]
