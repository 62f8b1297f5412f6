"""Search that understands Dutch, over rows of any app, on PostgreSQL alone; see docs/search.md.

An app says in its `searched` module what of its rows is found (`kinds`). Triggers note which rows changed (`triggers`),
`indexing` brings the index up to date, `finding` answers a question.
"""
