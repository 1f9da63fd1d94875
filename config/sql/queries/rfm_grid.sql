-- How are my buyers spread over recency and frequency? A row per recency score, the most recent
-- first; in the columns the number of buyers by frequency score, and what they spent in the window.
SELECT
  tenant_id, r_score,
  COUNT(CASE WHEN f_score = 1 THEN 1 END) AS f1,
  COUNT(CASE WHEN f_score = 2 THEN 1 END) AS f2,
  COUNT(CASE WHEN f_score = 3 THEN 1 END) AS f3,
  COUNT(CASE WHEN f_score = 4 THEN 1 END) AS f4,
  COUNT(CASE WHEN f_score = 5 THEN 1 END) AS f5,
  SUM(net_spend_in_window_minor) AS spend_minor
FROM customers_now
WHERE r_score IS NOT NULL
GROUP BY tenant_id, r_score
ORDER BY tenant_id, r_score DESC
