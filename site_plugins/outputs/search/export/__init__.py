"""The searched documents for search servers: with the site's folding and its pairs of characters.

A folded block of text becomes words: each pair of neighbouring characters, then its last
character alone. So any run of characters is a phrase of pairs, one character is the beginning of a
word, and no phrase runs from one block into the next.
"""
