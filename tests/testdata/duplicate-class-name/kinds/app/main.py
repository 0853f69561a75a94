from app import blog, links, shop
