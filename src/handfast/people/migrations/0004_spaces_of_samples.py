"""Mark the spaces of samples that were loaded before spaces said so themselves."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Q


def mark(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sample = apps.get_model("people", "Organisation").objects.filter(is_sample=True).values("pk")
    members = apps.get_model("people", "Membership").objects
    engagements = members.filter(organisation__in=sample).values("engagement_id")
    real = members.exclude(organisation__in=sample).values("engagement_id")
    rows = apps.get_model("foundation", "Space").objects.filter(
        Q(organisation_id__in=sample, engagement_id__isnull=True) | Q(engagement_id__in=engagements)
    )
    rows.exclude(engagement_id__isnull=False, engagement_id__in=real).update(is_sample=True)


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0003_last_seen_in_an_engagement"),
        ("foundation", "0003_sample_spaces"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
