"""How issued documents reach their clients: one module a channel (EIN-1)."""
