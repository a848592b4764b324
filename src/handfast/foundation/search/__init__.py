"""What people wrote, found by the beginnings of its words: folded, asked within the fence, kept by the database itself."""
