-- Do buyers come back? Customers by the month of their first order, and how many of them ordered
-- again one, two, three … months later.
SELECT
  f.tenant_id, f.cohort,
  TIMESTAMPDIFF(MONTH, f.first_month, o.order_month) AS months_later,
  COUNT(*) AS customers,
  CAST(COUNT(*) AS DOUBLE) / MAX(f.size) AS share
FROM (
  SELECT tenant_id, customer_id, order_month
  FROM (
    SELECT tenant_id, customer_id, CAST(FLOOR(`day` TO MONTH) AS DATE) AS order_month FROM orders)
  GROUP BY tenant_id, customer_id, order_month) AS o
JOIN (
  SELECT
    tenant_id, customer_id, first_month,
    DATE_FORMAT(CAST(first_month AS TIMESTAMP), 'yyyy-MM') AS cohort,
    COUNT(*) OVER (PARTITION BY tenant_id, first_month) AS size
  FROM (
    SELECT tenant_id, customer_id, CAST(FLOOR(MIN(`day`) TO MONTH) AS DATE) AS first_month
    FROM orders
    GROUP BY tenant_id, customer_id)) AS f
ON o.tenant_id = f.tenant_id AND o.customer_id = f.customer_id
GROUP BY f.tenant_id, f.cohort, TIMESTAMPDIFF(MONTH, f.first_month, o.order_month)
ORDER BY tenant_id, cohort, months_later
