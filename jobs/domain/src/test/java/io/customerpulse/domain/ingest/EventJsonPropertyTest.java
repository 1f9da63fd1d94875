package io.customerpulse.domain.ingest;

import static io.customerpulse.domain.ingest.TestRecords.at;
import static io.customerpulse.domain.ingest.TestRecords.json;
import static io.customerpulse.domain.ingest.TestRecords.parsed;
import static io.customerpulse.domain.ingest.TestRecords.reader;
import static io.customerpulse.domain.ingest.TestRecords.taken;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.EventJson;
import io.customerpulse.domain.oracle.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The text of an event is read as the event, whatever was mended when its record was read. */
class EventJsonPropertyTest {
  private static final Instant RECEIVED = at("2024-03-01T02:00:07Z");
  private static final int RECORDS = 2_000;

  private final TrackingEventReader reader = reader();

  @Test
  void anAlmostRightRecordIsReadAsTheSameEventFromItsText() {
    Seeds.tryEach(
        getClass(),
        1,
        2,
        seed -> {
          Random random = new Random(seed);
          for (int i = 0; i < RECORDS; i++) {
            String record = withSomethingElse(AlmostRightRecords.next(random), random);
            if (parsed(reader, record, RECEIVED) instanceof ParseResult.Valid valid) {
              assertIsReadFromItsText(valid.event(), record);
            }
          }
        });
  }

  @Test
  void whatIsUnknownStaysUnknownWhereverItStood() {
    String record =
        json(
            "{'type':'purchase','app_id':'a','event_time':'2024-03-01T02:00:00Z','openid':'o',"
                + "'coupon_id':'none of the order','properties.x':1,'seq':-1,'event_id':['x'],"
                + "'properties':{'order_id':'1','amount_minor':5,'platform':'of the order',"
                + "'cart_id':{},'properties':[1.50],'received_at':0}}");
    BehaviorEvent event = taken(parsed(reader, record, RECEIVED));

    assertThat(event.extras()).hasSize(8);
    assertIsReadFromItsText(event, record);
  }

  @Test
  void equalEventsHaveOneText() {
    String head =
        "{'type':'custom','app_id':'a','event_time':'2024-03-01T02:00:00Z','openid':'o',"
            + "'event_id':'e','properties':{'name':'n',";
    BehaviorEvent one =
        taken(parsed(reader, json(head + "'x':1,'y':2,'attributes':{'b':1,'a':2.5}}}"), RECEIVED));
    BehaviorEvent other =
        taken(parsed(reader, json(head + "'attributes':{'a':2.5,'b':1},'y':2,'x':1}}"), RECEIVED));

    assertThat(other).isEqualTo(one);
    assertThat(EventJson.of(other)).isEqualTo(EventJson.of(one));
  }

  private void assertIsReadFromItsText(BehaviorEvent event, String record) {
    BehaviorEvent again = taken(parsed(reader, EventJson.of(event), null));
    assertThat(withoutRepairs(again)).as(record).isEqualTo(withoutRepairs(event));
    assertThat(event.repairs()).as(record).containsAll(again.repairs());
  }

  private static String withSomethingElse(String record, Random random) {
    String more =
        switch (random.nextInt(4)) {
          case 0 -> "'note':'ring 13800138000','sku_id':{'tel':'0571-88888888'},";
          case 1 -> "'phone':'138 0013 8000','platform':7.50,'lines':true,";
          case 2 -> "'session_id':'\\u0001','scene':[],'received_at':'2024-03-01T02:00:09Z',";
          default -> "";
        };
    return '{' + json(more) + record.substring(1);
  }

  private static BehaviorEvent withoutRepairs(BehaviorEvent event) {
    return new BehaviorEvent(
        event.eventId(),
        event.type(),
        event.tenantId(),
        event.appId(),
        event.customerId(),
        event.eventTime(),
        event.deviceTime(),
        event.seq(),
        event.sentAt(),
        event.receivedAt(),
        event.identifiers(),
        event.sessionId(),
        event.platform(),
        event.scene(),
        event.payload(),
        List.of(),
        event.extras(),
        event.origin());
  }
}
