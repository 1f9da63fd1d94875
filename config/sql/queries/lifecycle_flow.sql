-- Who moved where between two days? Customers by their stage at the end of the first day and at the
-- end of the second; null means that the customer wasn't known yet, or is no more.
-- --set from=DAY --set to=DAY name the days; without them the last 30 days.
SELECT tenant_id, from_stage, to_stage, COUNT(*) AS customers
FROM (
  SELECT
    tenant_id, customer_id,
    MAX(CASE WHEN moment = 'from' THEN stage END) AS from_stage,
    MAX(CASE WHEN moment = 'to' THEN stage END) AS to_stage
  FROM (
    SELECT
      d.moment, t.tenant_id, t.customer_id, t.`to` AS stage,
      ROW_NUMBER() OVER (
        PARTITION BY d.moment, t.tenant_id, t.customer_id
        -- Of several changes at one instant the one whose stage isn't left again at it.
        ORDER BY t.`at` DESC,
          CASE WHEN t.`from` IS NULL THEN 1 ELSE 0 END,
          CASE WHEN t.`from` = 'PROSPECT' THEN 1 ELSE 0 END,
          CASE WHEN t.`to` IS NULL THEN 0 ELSE 1 END) AS n
    FROM lifecycle_transitions AS t
    JOIN (
      SELECT 'from' AS moment, CAST('${from}' AS DATE) AS d
      UNION ALL
      SELECT 'to' AS moment, CAST('${to}' AS DATE) AS d) AS d
    ON t.`day` <= d.d)
  WHERE n = 1
  GROUP BY tenant_id, customer_id)
WHERE from_stage IS NOT NULL OR to_stage IS NOT NULL
GROUP BY tenant_id, from_stage, to_stage
ORDER BY tenant_id, customers DESC, from_stage, to_stage
