"""Reading uploaded files in the background."""
