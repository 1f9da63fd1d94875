-- What is bought together? Pairs of products in one order: in how many orders, and how many times as
-- often as if people took the two without regard to each other (affinity over 1: they go together).
WITH bought AS (
  SELECT DISTINCT
    tenant_id, app_id, customer_id, order_id, COALESCE(line_product_id, sku_id) AS product
  FROM orders
  CROSS JOIN UNNEST(lines) AS l (sku_id, line_product_id, category_id, quantity, unit_price_minor)),
popular AS (
  SELECT tenant_id, product, COUNT(*) AS orders FROM bought GROUP BY tenant_id, product),
everything AS (
  SELECT tenant_id, COUNT(*) AS orders
  FROM (SELECT DISTINCT tenant_id, app_id, customer_id, order_id FROM bought)
  GROUP BY tenant_id)
SELECT
  pairs.tenant_id, pairs.product, pairs.other, pairs.orders,
  CAST(pairs.orders AS DOUBLE) * e.orders / (p.orders * q.orders) AS affinity
FROM (
  SELECT a.tenant_id, a.product, b.product AS other, COUNT(*) AS orders
  FROM bought AS a
  JOIN bought AS b
  ON a.tenant_id = b.tenant_id AND a.app_id = b.app_id AND a.customer_id = b.customer_id
    AND a.order_id = b.order_id AND a.product < b.product
  GROUP BY a.tenant_id, a.product, b.product) AS pairs
JOIN popular AS p ON pairs.tenant_id = p.tenant_id AND pairs.product = p.product
JOIN popular AS q ON pairs.tenant_id = q.tenant_id AND pairs.other = q.product
JOIN everything AS e ON pairs.tenant_id = e.tenant_id
ORDER BY tenant_id, orders DESC, affinity DESC, product, other
LIMIT 50
