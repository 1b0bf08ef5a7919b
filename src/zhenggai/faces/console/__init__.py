"""政务端: the pages of clerks, liaisons, inspectors and leaders."""
