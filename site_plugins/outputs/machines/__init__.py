"""Files for machines: sitemap.xml, robots.txt, redirects.json."""
