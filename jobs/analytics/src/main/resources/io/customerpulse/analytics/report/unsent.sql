-- Steps that were not fired, by rule.
SELECT rule_id,
  COUNT(CASE WHEN outcome = 'SUPPRESSED' THEN 1 END) AS suppressed,
  COUNT(CASE WHEN outcome = 'EXPIRED' THEN 1 END) AS expired
FROM trigger_outcomes
WHERE tenant_id = '${tenant}' AND outcome IN ('SUPPRESSED', 'EXPIRED')
GROUP BY rule_id
