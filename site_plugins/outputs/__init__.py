"""What the site is made of: one folder or file per output; siblings do not know each other."""
