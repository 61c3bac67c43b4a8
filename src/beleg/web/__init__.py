"""The local page on a case: what the library computes, as pages and as JSON. It reads; it never changes a case."""
