"""The models that come with the program, as data: weights, tables and their manifests."""
