-- How many carts are left? By the day on which a customer put something into a cart of an app: those
-- who did, those of them who paid an order on that day or the next, and the share of the others.
SELECT
  c.`day`, c.tenant_id, c.app_id,
  COUNT(*) AS carts,
  COUNT(o.customer_id) AS ordered,
  1 - CAST(COUNT(o.customer_id) AS DOUBLE) / COUNT(*) AS abandonment_rate
FROM (
  SELECT DISTINCT `day`, tenant_id, app_id, customer_id
  FROM behavior_events
  WHERE `type` = 'cart' AND properties.action = 'add') AS c
LEFT JOIN (
  -- An order answers the carts of its own day and of the day before.
  SELECT DISTINCT tenant_id, customer_id, `day` AS answered FROM orders
  UNION
  SELECT DISTINCT tenant_id, customer_id, `day` - INTERVAL '1' DAY AS answered FROM orders) AS o
ON c.tenant_id = o.tenant_id AND c.customer_id = o.customer_id AND c.`day` = o.answered
GROUP BY c.`day`, c.tenant_id, c.app_id
ORDER BY c.`day`, c.tenant_id, c.app_id
