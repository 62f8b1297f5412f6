"""The ground that knows no other app: people, audit, mail, states, markdown, health, the embedded database."""
