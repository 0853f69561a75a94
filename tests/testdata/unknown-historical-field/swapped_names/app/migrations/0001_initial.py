from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Ingredient", [("id", models.AutoField(primary_key=True))]),
        migrations.CreateModel("RecipeIngredient", [("id", models.AutoField(primary_key=True))]),
        migrations.CreateModel("Unit", [("id", models.AutoField(primary_key=True))]),
    ]
