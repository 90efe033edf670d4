"""The registration watch: who is told in time that it ends (REG-4)."""
