-- What is left in carts most? Products in the carts that a first reminder was due for and that no
-- order followed: how many customers left them, how many pieces, and what they would have cost.
SELECT
  tenant_id, COALESCE(line_product_id, sku_id) AS product,
  COUNT(DISTINCT customer_id) AS customers,
  SUM(COALESCE(quantity, 1)) AS pieces,
  CAST(SUM(CAST(COALESCE(quantity, 1) AS DECIMAL(19, 0)) * unit_price_minor) AS BIGINT) AS value_minor
FROM triggers
CROSS JOIN UNNEST(triggers.evidence.lines) AS l (sku_id, line_product_id, category_id, quantity, unit_price_minor)
WHERE kind = 'cart_abandonment' AND step = 1 AND outcome IS NULL
GROUP BY tenant_id, COALESCE(line_product_id, sku_id)
ORDER BY tenant_id, customers DESC, product
LIMIT 50
