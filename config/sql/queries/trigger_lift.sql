-- Do the messages work? By rule: messages sent, cancelled, converted and what was bought; then the
-- customers who were messaged against those who were held out, the share of each that bought, how
-- much the messages added to that share (lift), and between which values the lift lies with 95 %
-- confidence (two proportions, normal approximation). Without a holdout there is no lift.
SELECT
  tenant_id, rule_id, fired, cancelled, converted, revenue_minor,
  treated, treated_converted, holdout, holdout_converted,
  treated_rate, holdout_rate,
  treated_rate - holdout_rate AS lift,
  treated_rate - holdout_rate - 1.96 * standard_error AS lift_from,
  treated_rate - holdout_rate + 1.96 * standard_error AS lift_to
FROM (
  SELECT
    *,
    SQRT(
      treated_rate * (1 - treated_rate) / treated
      + holdout_rate * (1 - holdout_rate) / holdout) AS standard_error
  FROM (
    SELECT
      *,
      CAST(treated_converted AS DOUBLE) / NULLIF(treated, 0) AS treated_rate,
      CAST(holdout_converted AS DOUBLE) / NULLIF(holdout, 0) AS holdout_rate
    FROM (
      SELECT
        tenant_id, rule_id,
        COUNT(*) AS fired,
        COUNT(CASE WHEN outcome = 'CANCELLED' THEN 1 END) AS cancelled,
        COUNT(CASE WHEN outcome = 'CONVERTED' THEN 1 END) AS converted,
        SUM(CASE WHEN outcome = 'CONVERTED' THEN revenue_minor ELSE 0 END) AS revenue_minor,
        COUNT(DISTINCT CASE
          WHEN `variant` <> 'holdout' AND stands THEN customer_id END) AS treated,
        COUNT(DISTINCT CASE
          WHEN `variant` <> 'holdout' AND stands AND lift_converted THEN customer_id END)
          AS treated_converted,
        COUNT(DISTINCT CASE WHEN `variant` = 'holdout' AND stands THEN customer_id END) AS holdout,
        COUNT(DISTINCT CASE
          WHEN `variant` = 'holdout' AND stands AND lift_converted THEN customer_id END)
          AS holdout_converted
      FROM (
        SELECT *, COALESCE(outcome, '') <> 'CANCELLED' AS stands
        FROM triggers
        WHERE fired_at IS NOT NULL)
      GROUP BY tenant_id, rule_id)))
ORDER BY tenant_id, rule_id
