"""What people type, one noun per file."""
