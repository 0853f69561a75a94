"""One model takes the name that another has had."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("app", "0001_initial")]
    operations = [
        migrations.RenameModel("Ingredient", "Food"),
        migrations.RenameModel("RecipeIngredient", "Ingredient"),
        migrations.CreateModel(
            "Step",
            [("id", models.AutoField(primary_key=True)), ("ingredients", models.ManyToManyField("app.Ingredient"))],
        ),
    ]
