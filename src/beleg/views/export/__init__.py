"""What a case can be written out as, one module a format."""
