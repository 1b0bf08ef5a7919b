"""来文发文: documents in, papers out, findings with their spans, reports by the public.

Never turns a sentence into an item by itself.
"""
