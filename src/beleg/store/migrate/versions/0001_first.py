"""The first layout. New cases begin at the newest revision, so that there is nothing to do here."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    pass
