"""Languages: the catalogues, and that nothing on the screen is left untranslated."""
