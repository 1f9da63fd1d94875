-- Orders that were paid: one row per order, at its first payment (where none was seen, at its
-- completion), with the amount it had there. Closings and refunds are not taken off: they have events
-- of their own. An id is that of one order of a customer, by orders.scope in the tenant or in the app.
SELECT tenant_id, app_id, customer_id, order_id, event_time AS paid_at, `day`, amount_minor, lines
FROM (
  SELECT
    tenant_id, app_id, customer_id, event_time, `day`,
    properties.order_id AS order_id,
    properties.amount_minor AS amount_minor,
    properties.lines AS lines,
    ROW_NUMBER() OVER (
      PARTITION BY tenant_id, customer_id, ${order_key}
      ORDER BY properties.status DESC, event_time, COALESCE(seq, 0), event_id) AS n
  FROM behavior_events
  WHERE `type` = 'purchase' AND properties.status IN ('paid', 'completed'))
WHERE n = 1
