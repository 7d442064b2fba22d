"""The look of the site: frame, home, about, robots, sitemap; each behind an option."""
