-- Events that were taken only after a repair, by day and repair.
SELECT CAST(`day` AS STRING) AS `day`, what, COUNT(*) AS events
FROM behavior_events
CROSS JOIN UNNEST(repairs) AS r (what)
WHERE tenant_id = '${tenant}' AND `day` > DATE '${from}' AND `day` <= DATE '${to}'
GROUP BY `day`, what
ORDER BY `day`, what
