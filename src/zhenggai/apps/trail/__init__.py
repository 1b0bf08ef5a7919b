"""留痕: every act, chained and anchored; background work; the installation's clock.

Never holds personal data and never forgets.
"""
