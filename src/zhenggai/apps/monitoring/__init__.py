"""监测: series, files of observations, and the manifest that commits them.

Never judges a value.
"""
