"""Signing in with a company's own account: OpenID Connect, the code flow with PKCE, as the house wants it."""
