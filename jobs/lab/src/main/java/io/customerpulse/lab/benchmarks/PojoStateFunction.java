package io.customerpulse.lab.benchmarks;

import io.customerpulse.behavior.codecs.EncodedEvent;
import io.customerpulse.domain.event.BehaviorEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The straightforward way to keep state: one POJO, read and written with each event. */
final class PojoStateFunction extends KeyedProcessFunction<String, EncodedEvent, Long> {
  private transient ValueState<Visits> state;

  /** What is kept: about as much as a browsing customer has. */
  public static final class Visits {
    public long events;
    public long firstMillis;
    public long lastMillis;
    public String customerId;
    public String lastType;
    public String lastSession;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("visits", Types.POJO(Visits.class)));
  }

  @Override
  public void processElement(EncodedEvent encoded, Context context, Collector<Long> out)
      throws Exception {
    BehaviorEvent event = encoded.event();
    Visits visits = state.value();
    long millis = event.eventTime().toEpochMilli();
    if (visits == null) {
      visits = new Visits();
      visits.firstMillis = millis;
      visits.customerId = event.customerId();
    }
    visits.events++;
    visits.lastMillis = millis;
    visits.lastType = event.type().wireName();
    visits.lastSession = event.sessionId();
    state.update(visits);
  }
}
