"""zhenggai 整改: from the document that orders the work to its verified closure."""
