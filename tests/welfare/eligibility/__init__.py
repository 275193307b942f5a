"""How benefits are judged: real rows, made-up catalogues and cities, and a slow second opinion."""
