-- Do sleepers come back? By month of the first message of a reactivation rule: customers who were
-- messaged, or held out for comparison, and the share that ordered within the conversion window.
SELECT
  tenant_id, rule_id, `month`, `variant`,
  COUNT(*) AS customers,
  SUM(won) AS won_back,
  CAST(SUM(won) AS DOUBLE) / COUNT(*) AS win_back_rate,
  SUM(revenue_minor) AS revenue_minor
FROM (
  SELECT
    tenant_id, rule_id, customer_id, `variant`,
    DATE_FORMAT(CAST(MIN(`day`) AS TIMESTAMP), 'yyyy-MM') AS `month`,
    MAX(CASE WHEN outcome = 'CONVERTED' THEN 1 ELSE 0 END) AS won,
    SUM(COALESCE(revenue_minor, 0)) AS revenue_minor
  FROM triggers
  WHERE kind = 'reactivation' AND fired_at IS NOT NULL AND COALESCE(outcome, '') <> 'CANCELLED'
  GROUP BY tenant_id, rule_id, customer_id, `variant`)
GROUP BY tenant_id, rule_id, `month`, `variant`
ORDER BY tenant_id, rule_id, `month`, `variant`
