"""Articles: a page's bytes in, its text and facts out."""

from monitor.articles.reading import read_article
from monitor.articles.types import Article, ArticleKind

__all__ = ["Article", "ArticleKind", "read_article"]
