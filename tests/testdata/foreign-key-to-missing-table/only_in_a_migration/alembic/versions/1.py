import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import declarative_base, relationship

revision = "1"
down_revision = None

Base = declarative_base()


class Picture(Base):  # of the past: it is no table of the project's
    __tablename__ = "pictures"

    id = sa.Column(sa.Integer, primary_key=True)
    legacy_id = sa.Column(sa.ForeignKey("gone.id"))
    user = relationship("Gone")


def upgrade():
    op.create_table("legacy", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("legacy")
