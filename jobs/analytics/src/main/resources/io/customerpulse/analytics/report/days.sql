-- What happened day by day, over all apps: each customer once a day.
SELECT
  CAST(e.`day` AS STRING) AS `day`, e.events, e.repaired, e.visitors, e.viewers, e.carters, e.buyers,
  COALESCE(o.orders, 0) AS orders, COALESCE(o.revenue_minor, 0) AS revenue_minor
FROM (
  SELECT
    `day`,
    COUNT(*) AS events,
    COUNT(CASE WHEN CARDINALITY(repairs) > 0 THEN 1 END) AS repaired,
    COUNT(DISTINCT CASE
      WHEN `type` IN ('click', 'browse', 'cart', 'purchase') THEN customer_id END) AS visitors,
    COUNT(DISTINCT CASE
      WHEN `type` = 'browse' AND COALESCE(properties.phase, 'enter') = 'enter' THEN customer_id END)
      AS viewers,
    COUNT(DISTINCT CASE
      WHEN `type` = 'cart' AND properties.action = 'add' THEN customer_id END) AS carters,
    COUNT(DISTINCT CASE
      WHEN `type` = 'purchase' AND properties.status IN ('paid', 'completed') THEN customer_id END)
      AS buyers
  FROM behavior_events
  WHERE tenant_id = '${tenant}' AND `day` > DATE '${from}' AND `day` <= DATE '${to}'
  GROUP BY `day`) AS e
LEFT JOIN (
  SELECT `day`, COUNT(*) AS orders, SUM(amount_minor) AS revenue_minor
  FROM orders
  WHERE tenant_id = '${tenant}'
  GROUP BY `day`) AS o
ON e.`day` = o.`day`
ORDER BY `day`
