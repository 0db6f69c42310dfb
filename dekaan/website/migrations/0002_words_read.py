from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('website', '0001_the_website'),
    ]

    operations = [
        migrations.AddField(
            model_name='websitecheck',
            name='words_read',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='websitecheck',
            name='set_aside_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
