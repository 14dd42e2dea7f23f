import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('flows', '0003_coverage_trials_and_archive'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.JSONField()),
                ('why', models.CharField(choices=[('import', 'An import took its place'), ('delivered', 'The delivered flow took its place'), ('brought_back', 'An earlier draft was brought back')], max_length=20)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('flow', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_drafts', to='flows.flow')),
            ],
            options={
                'verbose_name': 'kept draft',
                'verbose_name_plural': 'kept drafts',
                'ordering': ['-pk'],
            },
        ),
    ]
