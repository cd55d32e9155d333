"""The door for MkDocs and ProperDocs; the only package that knows them."""
