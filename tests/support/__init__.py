"""What the end-to-end tests share. Importing it gives the test file a network of its own."""

from support.isolation import enter_own_network

enter_own_network()
