-- The cuts between scores that are in force: of each tenant the latest version. Empty where scores
-- are given by fixed thresholds.
SELECT tenant_id, version, recency_days, frequency, monetary_minor
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY tenant_id ORDER BY effective_at DESC, version DESC) AS n
  FROM rfm_cut_points)
WHERE n = 1
