-- Who are my customers today? Recency, scores and both segments, the biggest spenders of the last
-- year first.
SELECT
  tenant_id, customer_id, stage, recency_days, orders_in_window, net_spend_in_window_minor,
  r_score, f_score, m_score, segment, segment_zh
FROM customers_now
ORDER BY net_spend_in_window_minor DESC, tenant_id, customer_id
LIMIT 100
