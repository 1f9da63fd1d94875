-- What happened on each day in each app: visitors (customers who clicked, looked, changed a cart or
-- ordered), views (a visit to a page that is reported again is one), things put into carts, orders
-- paid and their amounts, triggers sent or held out, and orders that followed one. app_id is null
-- for triggers that belong to no app.
SELECT
  `day`, tenant_id, app_id,
  SUM(visitors) AS visitors, SUM(`views`) AS `views`, SUM(cart_adds) AS cart_adds,
  SUM(orders) AS orders, SUM(revenue_minor) AS revenue_minor,
  SUM(triggers) AS triggers, SUM(conversions) AS conversions
FROM (
  SELECT
    `day`, tenant_id, app_id,
    COUNT(DISTINCT customer_id) AS visitors,
    COUNT(DISTINCT CASE
      WHEN `type` = 'browse' AND COALESCE(properties.phase, 'enter') = 'enter' THEN
        customer_id || ' ' || COALESCE(
          'visit ' || properties.visit_id || ' '
            || COALESCE(properties.product_id, properties.category_id, properties.page, ''),
          event_id) END) AS `views`,
    COUNT(CASE WHEN `type` = 'cart' AND properties.action = 'add' THEN 1 END) AS cart_adds,
    CAST(0 AS BIGINT) AS orders, CAST(0 AS BIGINT) AS revenue_minor,
    CAST(0 AS BIGINT) AS triggers, CAST(0 AS BIGINT) AS conversions
  FROM behavior_events
  WHERE `type` IN ('click', 'browse', 'cart', 'purchase')
  GROUP BY `day`, tenant_id, app_id
  UNION ALL
  SELECT
    `day`, tenant_id, app_id, CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT),
    COUNT(*), SUM(amount_minor), CAST(0 AS BIGINT), CAST(0 AS BIGINT)
  FROM orders
  GROUP BY `day`, tenant_id, app_id
  UNION ALL
  SELECT
    `day`, tenant_id, app_id, CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT),
    CAST(0 AS BIGINT), CAST(0 AS BIGINT), COUNT(*), CAST(0 AS BIGINT)
  FROM triggers
  WHERE fired_at IS NOT NULL
  GROUP BY `day`, tenant_id, app_id
  UNION ALL
  SELECT
    o.`day`, o.tenant_id, t.app_id, CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT),
    CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), COUNT(DISTINCT o.customer_id || ':' || CAST(o.`at` AS STRING) || ':' || o.order_id)
  FROM trigger_outcomes AS o
  JOIN triggers AS t ON o.tenant_id = t.tenant_id AND o.trigger_id = t.trigger_id
  WHERE o.outcome = 'CONVERTED'
  GROUP BY o.`day`, o.tenant_id, t.app_id)
GROUP BY `day`, tenant_id, app_id
