package io.customerpulse.tables;

import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/**
 * Rows of single orders → rows of all orders that a trigger has converted so far. Orders are
 * remembered by their ids and times: an outcome that is read twice counts once, and the orders of
 * two apps that number them alike are two.
 *
 * <p>Bounded: only so many orders convert a trigger as a customer makes within the conversion
 * window, and they are forgotten when no further one can follow. Should all be lost and only the
 * last of them be read again, the table keeps the row that counts more.
 */
final class ConversionFunction extends KeyedProcessFunction<String, RowData, RowData> {
  /** An order may be learnt late, and a job may be down for long. */
  private static final Duration GRACE = Duration.ofDays(30);

  /** Time in epoch milliseconds, revenue in minor units, whether it counts for the lift. */
  private static final TypeInformation<Tuple3<Long, Long, Boolean>> ORDER =
      Types.TUPLE(Types.LONG, Types.LONG, Types.BOOLEAN);

  private final Settings settings;
  private transient TriggerRows rows;
  private transient MapState<String, Tuple3<Long, Long, Boolean>> orders;

  ConversionFunction(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    rows = new TriggerRows(settings);
    MapStateDescriptor<String, Tuple3<Long, Long, Boolean>> descriptor =
        new MapStateDescriptor<>(TableUids.ORDERS_STATE, Types.STRING, ORDER);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(settings.triggers().conversion().plus(GRACE)).build());
    orders = getRuntimeContext().getMapState(descriptor);
  }

  @Override
  public void processElement(RowData row, Context context, Collector<RowData> out)
      throws Exception {
    Conversions.Order order = rows.orderOf(row);
    orders.put(
        order.orderId() + suffix(order.atMillis()),
        Tuple3.of(order.atMillis(), order.revenueMinor(), order.liftConverted()));
    List<Conversions.Order> all = new ArrayList<>();
    for (Map.Entry<String, Tuple3<Long, Long, Boolean>> known : orders.entries()) {
      String key = known.getKey();
      Tuple3<Long, Long, Boolean> value = known.getValue();
      String suffix = suffix(value.f0);
      // Earlier savepoints have the ids alone.
      String orderId =
          key.endsWith(suffix) ? key.substring(0, key.length() - suffix.length()) : key;
      all.add(new Conversions.Order(orderId, value.f0, value.f1, value.f2));
    }
    out.collect(rows.with(row, Conversions.of(all)));
  }

  private static String suffix(long atMillis) {
    return "@" + atMillis;
  }
}
