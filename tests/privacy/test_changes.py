"""What can happen in privacy, and what is refused."""
