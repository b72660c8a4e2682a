"""When and where an article tells something, as expressions over ``article`` and ``story``."""

from sqlalchemy import case, func

from storage.models import Article, Story

# A text without a time of its own was published when we came upon it.
PUBLISHED = func.coalesce(Article.published_at, Article.discovered_at)
# When the article's story began: an old text printed again is no news.
BEGUN = case((Story.first_published_at < PUBLISHED, Story.first_published_at), else_=PUBLISHED)
# An article that names no outlet counts as one of its own.
OUTLET = func.coalesce(Article.outlet, Article.article_id)
