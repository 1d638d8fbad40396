"""What everything may use: errors, ids, text, phones, money, places on the globe. Knows no Django and no engine."""
