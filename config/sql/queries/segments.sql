-- How large is each segment, and what does it spend? Both naming schemes side by side; spend is that
-- of the window, refunds taken off.
SELECT
  tenant_id, segment, segment_zh,
  COUNT(*) AS customers,
  SUM(net_spend_in_window_minor) AS spend_minor,
  SUM(net_spend_in_window_minor) / COUNT(*) AS spend_per_customer_minor
FROM customers_now
GROUP BY tenant_id, segment, segment_zh
ORDER BY tenant_id, spend_minor DESC, segment, segment_zh
