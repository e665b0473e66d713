"""The rules themselves, one module per part of an application's life, in the order asked."""
