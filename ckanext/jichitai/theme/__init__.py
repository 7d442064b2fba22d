"""The look of the site: frame, home, about, showcase, robots, sitemap; each behind an option."""
