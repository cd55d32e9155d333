"""Answers queries from the files of the index, with the answers of ``theme/search/client.js``.

The two are kept alike part by part: ``words.py`` and ``words.js``, ``segment.py`` and
``segment.js``, ``excerpts.py`` and ``excerpts.js``, ``answers.py`` and ``client.js``.
"""
