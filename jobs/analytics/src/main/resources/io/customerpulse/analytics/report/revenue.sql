-- Amounts of orders that stand with a trigger, by the order's day and the trigger's rule.
SELECT CAST(`day` AS STRING) AS `day`, rule_id, SUM(revenue_minor) AS revenue_minor
FROM trigger_outcomes
WHERE tenant_id = '${tenant}' AND outcome = 'CONVERTED'
  AND `day` > DATE '${from}' AND `day` <= DATE '${to}'
GROUP BY `day`, rule_id
HAVING SUM(revenue_minor) > 0
ORDER BY `day`, rule_id
