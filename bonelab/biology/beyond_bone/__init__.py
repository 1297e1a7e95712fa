"""RANKL and RANK beyond bone: small models that say they are small. Directions, not sizes."""
