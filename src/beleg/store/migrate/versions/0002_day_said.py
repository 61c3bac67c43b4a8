"""Claims can be listed by the day they are about and the day they were said: index tables only, see 0003."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    pass
