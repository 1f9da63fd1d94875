-- Customers by scores and segments, as of today.
SELECT r_score AS r, f_score AS f, segment, segment_zh, COUNT(*) AS customers,
  SUM(net_spend_in_window_minor) AS net_spend_minor
FROM customers_now
WHERE tenant_id = '${tenant}'
GROUP BY r_score, f_score, segment, segment_zh
