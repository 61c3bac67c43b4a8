"""The local page on a case: what the library computes, as pages and as JSON; only its forms add to the case."""
