"""What generations of the index share. The tables of an index itself are named here and made by `generations.install`.

Before, migrations made a single index, whose tables have no number. They stay for the version that reads them, as those of any
older generation do.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.TextField()),
                ('names', models.TextField(blank=True, default='')),
                ('body', models.TextField(blank=True)),
                ('keywords', models.TextField(blank=True)),
                ('attached', models.TextField(blank=True, default='')),
                ('attached_language', models.CharField(blank=True, default='', max_length=12)),
                ('url', models.TextField()),
                ('date', models.DateField(null=True)),
                ('shown_language', models.CharField(max_length=12)),
                ('sort_key', models.CharField(max_length=200)),
                ('facets', models.JSONField(default=dict)),
                ('digest', models.CharField(max_length=32)),
            ],
            options={
                'db_table': 'search_3_entry',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SearchFacet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('facet', models.CharField(max_length=60)),
                ('value', models.CharField(max_length=200)),
                ('members', models.BinaryField()),
                ('version', models.BigIntegerField()),
            ],
            options={
                'db_table': 'search_3_facet',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SearchIndex',
            fields=[
                ('language', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('epoch', models.CharField(max_length=32)),
                ('version', models.BigIntegerField(default=0)),
            ],
            options={
                'db_table': 'search_3_index',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SearchNameWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('word', models.CharField(max_length=60)),
                ('members', models.BinaryField()),
                ('entries', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'search_3_name_word',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SearchProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40, verbose_name='kind')),
                ('object_id', models.CharField(max_length=64)),
                ('label', models.CharField(max_length=255, verbose_name='title')),
                ('message', models.TextField(verbose_name='message')),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='since')),
            ],
            options={
                'db_table': 'search_3_problem',
                'ordering': ['-since'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('word', models.CharField(max_length=60)),
                ('written', models.CharField(max_length=120)),
                ('entries', models.PositiveIntegerField(default=0)),
            ],
            options={
                'db_table': 'search_3_word',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SearchGeneration',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('whole', models.DateTimeField(null=True)),
                ('used', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.CharField(max_length=64)),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='search.searchgeneration')),
            ],
        ),
    ]
