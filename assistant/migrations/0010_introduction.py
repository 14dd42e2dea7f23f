import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assistant', '0009_suggests_replies'),
    ]

    operations = [
        migrations.AddField(
            model_name='welcome',
            name='introduction',
            field=models.TextField(blank=True, help_text='Shown above the questions that are asked before the chat, such as why you ask. [Privacy notice](https://…) is a link.', verbose_name='above the questions before the chat'),
        ),
        migrations.CreateModel(
            name='IntroductionQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='place in the list')),
                ('kind', models.CharField(choices=[('name', 'Name'), ('email', 'E-mail'), ('text', 'Short text'), ('choice', 'One of several')], default='text', max_length=8, verbose_name='kind')),
                ('key', models.CharField(blank=True, max_length=50, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*\\Z', 'Small letters, digits and underscores, a letter first: order_number')], verbose_name='key')),
                ('required', models.BooleanField(default=False, verbose_name='an answer is needed')),
                ('label', models.JSONField(blank=True, default=dict)),
                ('options', models.JSONField(blank=True, default=dict)),
                ('assistant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='introduction', to='assistant.assistant')),
            ],
            options={
                'verbose_name': 'question before the chat',
                'verbose_name_plural': 'questions before the chat',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(deferrable=models.Deferrable['DEFERRED'], fields=('assistant', 'key'), name='one_introduction_question_per_key')],
            },
        ),
    ]
