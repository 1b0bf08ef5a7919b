"""对账: a claim held against facts, criterion by criterion."""
