import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0005_reviews_and_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='reviewitem',
            name='covered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='covers', to='evaluation.correction'),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='same_question',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='correction',
            name='check_error',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddIndex(
            model_name='reviewitem',
            index=models.Index(fields=['same_question', 'state', 'weight', 'asked_at', 'message'], name='review_item_same'),
        ),
    ]
