import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('flows', '0002_flow_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='flow',
            name='archived_at',
            field=models.DateTimeField(null=True, verbose_name='archived'),
        ),
        migrations.AddField(
            model_name='flow',
            name='trial',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='flows.flowversion', verbose_name='version on trial'),
        ),
        migrations.AddField(
            model_name='flow',
            name='trial_share',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='share of conversations'),
        ),
        migrations.AddField(
            model_name='flow',
            name='trial_since',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='StepCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('kind', models.CharField(max_length=20)),
                ('node', models.CharField(max_length=60)),
                ('leads_to', models.CharField(blank=True, default='', max_length=60)),
                ('count', models.IntegerField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='flows.flowversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'day', 'kind', 'node', 'leads_to'), name='one_step_count_per_day')],
            },
        ),
    ]
