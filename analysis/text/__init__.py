"""Comments as text: words, keyness, themes, and the masking of names, phones and numbers."""
