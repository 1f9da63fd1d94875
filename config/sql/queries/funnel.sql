-- Where do visitors drop out? By day and app: customers who looked at something, those of them who
-- put something into a cart the same day, and those of these who ordered the same day.
SELECT
  `day`, tenant_id, app_id,
  SUM(browsed) AS browsed,
  SUM(browsed * carted) AS carted,
  SUM(browsed * carted * ordered) AS ordered,
  CAST(SUM(browsed * carted) AS DOUBLE) / NULLIF(SUM(browsed), 0) AS browse_to_cart,
  CAST(SUM(browsed * carted * ordered) AS DOUBLE) / NULLIF(SUM(browsed * carted), 0)
    AS cart_to_order
FROM (
  SELECT
    `day`, tenant_id, app_id, customer_id,
    MAX(CASE
      WHEN `type` = 'browse' AND COALESCE(properties.phase, 'enter') = 'enter' THEN 1 ELSE 0 END)
      AS browsed,
    MAX(CASE WHEN `type` = 'cart' AND properties.action = 'add' THEN 1 ELSE 0 END) AS carted,
    MAX(CASE
      WHEN `type` = 'purchase' AND properties.status IN ('paid', 'completed') THEN 1 ELSE 0 END)
      AS ordered
  FROM behavior_events
  WHERE `type` IN ('browse', 'cart', 'purchase')
  GROUP BY `day`, tenant_id, app_id, customer_id)
GROUP BY `day`, tenant_id, app_id
ORDER BY `day`, tenant_id, app_id
