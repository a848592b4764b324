"""How a sample comes in and goes again; what it says is made by its neighbour `samples`, without a database."""
