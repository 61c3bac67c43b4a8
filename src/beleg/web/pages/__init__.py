"""One module a page; each function is ``(Desk, Request) -> Response``."""
