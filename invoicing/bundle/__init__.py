"""What an inspector gets: whole dossiers as one ZIP, with an index (DOS-9, REG-4)."""

from .pack import Bundle
from .period import dossiers_of, last_five_years

__all__ = ["Bundle", "dossiers_of", "last_five_years"]
