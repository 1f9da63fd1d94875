package io.customerpulse.behavior.job;

import io.customerpulse.behavior.avro.OutputRecords;
import io.customerpulse.behavior.avro.RuleRecords;
import io.customerpulse.behavior.topic.Topic;
import io.customerpulse.behavior.topic.TopicRecord;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.CutSchedule;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.SettingsText;
import io.customerpulse.runtime.keyedlogic.BroadcastRecord;
import io.customerpulse.schemas.TriggerRuleRecord;
import io.customerpulse.schemas.TriggerRuleVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A story that is broken off where as much as possible is pending, and goes on afterwards.
 * Savepoints of its first half are kept for good, so that half is never changed: what is to be
 * added goes into a story, and savepoints, of its own.
 */
final class BrokenOffStory {
  /** The event time of the last event before the break. */
  static final Instant BREAK = Instant.parse("2024-06-10T12:00:00Z");

  static final Settings SETTINGS =
      SettingsText.read(
          """
          time: {zone: UTC, clock: event}
          tenants: {acme: {zone: Europe/London, currency: GBP}}
          """);

  /** One of each kind, as far as the first half needs it. */
  private static final String RULES =
      """
      rules:
        - {id: cart, kind: cart_abandonment, steps: [1h, 24h], quiet_hours: none,
           variants: {a: 50, b: 50}}
        - {id: siesta, kind: cart_abandonment, steps: [1h], cooldown: none, valid_for: 24h,
           quiet_hours: {from: "11:00", to: "15:00"}, holdout_percent: 50}
        - {id: unpaid, kind: unpaid_order, quiet_hours: none}
        - {id: looked, kind: browse_abandonment, quiet_hours: none, cap: {count: 1, per: 7d}}
        - {id: win-back, kind: reactivation, quiet_hours: none}
        - {id: loyal, kind: stage_entered, stages: [loyal, at_risk], steps: [1h], quiet_hours: none}
        - {id: cell, kind: segment_entered, segments: [champions, new, cant_lose, at_risk],
           steps: [2h, 12h], quiet_hours: none}
        - {id: thanks, kind: post_purchase, steps: [3d], quiet_hours: none}
      """;

  /** Of a kind that the first half knows no rule of. */
  private static final String BIRTHDAY =
      "  - {id: birthday, kind: birthday, steps: [0s, 6h], quiet_hours: none}\n";

  private static final Instant PUBLISHED = Instant.parse("2024-06-01T00:00:00Z");

  private final List<String> lines = new ArrayList<>();
  private int number;

  private BrokenOffStory(int number) {
    this.number = number;
  }

  static RuleSet rules() {
    return RuleReader.read("rules.yaml", RULES);
  }

  static RuleSet rulesAndBirthday() {
    return RuleReader.read("rules.yaml", RULES + BIRTHDAY);
  }

  /** A rule and cuts that stand in topics alone, and after the break in broadcast state alone. */
  static List<BroadcastRecord> controls() {
    TriggerRuleRecord flash =
        new TriggerRuleRecord(
            "default",
            "flash",
            List.of(
                new TriggerRuleVersion(
                    1,
                    PUBLISHED,
                    "{\"id\":\"flash\",\"version\":1,\"kind\":\"cart_abandonment\",\"steps\":[\"30m\"],"
                        + "\"cooldown\":\"none\",\"quiet_hours\":\"none\"}")),
            false,
            null,
            false,
            PUBLISHED);
    Instant midnight = Instant.parse("2024-06-10T00:00:00Z");
    TopicRecord cuts =
        new OutputRecords()
            .cutPoints(
                new CutPoints(
                    "default",
                    midnight,
                    CutSchedule.effectiveAt(midnight),
                    new Cuts(
                        "2024-06-10",
                        List.of(5, 20, 60, 90),
                        List.of(1, 2, 3, 4),
                        List.of(1_000L, 5_000L, 9_000L, 20_000L))));
    return List.of(
        BroadcastRecord.of(
            Topic.TRIGGER_RULES.wireName(), 0, 0, "default:flash", new RuleRecords().encode(flash)),
        BroadcastRecord.of(cuts.topic().wireName(), 0, 0, cuts.key(), cuts.value()));
  }

  /** Records up to the break, in the order they arrive. */
  static List<String> before() {
    BrokenOffStory story = new BrokenOffStory(0);
    story.lines.addAll(Shop.lines(1, 200));
    story.spring();
    story.lastDays();
    story.lastHours();
    story.lastMinute();
    return story.lines;
  }

  private void spring() {
    // Silent for long: a first reminder on 30 May, the second is due after the break.
    buys("rosa", "2024-03-01T14:00:00Z", "r1", 8_000);
    // DORMANT two hours before the break, and after it.
    buys("ruth", "2024-03-12T10:00:00Z", "r2", 4_000);
    buys("ryan", "2024-03-15T10:00:00Z", "r3", 2_500);
    for (int i = 0; i < 5; i++) {
      buys("lea", String.format(Locale.ROOT, "2024-05-%02dT09:00:00Z", 10 + i), "l" + i, 9_900);
    }
    event("acme", "lea", "2024-05-20T09:00:00Z", "purchase", "'order_id':'a1','amount_minor':700");
  }

  private void lastDays() {
    event("ed", "2024-06-04T10:00:00Z", "purchase", "'order_id':'x1','amount_minor':100");
    event("ed", "2024-06-05T10:00:00Z", "erase", "'request_id':'forget-ed'");
    event("conny", "2024-06-06T08:00:00Z", "profile", "'marketing_consent':false,'level':'gold'");
    event("bea", "2024-06-06T09:00:00Z", "profile", "'birthday':'06-11','city':'Hangzhou'");
    looks("ben", "2024-06-08T19:00:00Z", "s1");
    looks("ben", "2024-06-08T19:05:00Z", "s1");
    buys("paula", "2024-06-09T10:00:00Z", "p1", 15_000);
    event(
        "paula",
        "2024-06-09T20:00:00Z",
        "refund",
        "'order_id':'p1','refund_id':'f1','amount_minor':5000");
    // Its order isn't known yet.
    event(
        "wil",
        "2024-06-09T21:00:00Z",
        "refund",
        "'order_id':'w1','refund_id':'f2','amount_minor':300");
  }

  private void lastHours() {
    event("lea", "2024-06-10T09:00:00Z", "click", "'element_id':'banner'");
    // Reminded at 11:00, again due on the next day; the other rule holds its step until 15:00.
    fills("carl", "2024-06-10T10:00:00Z", "K1");
    fills("conny", "2024-06-10T10:10:00Z", "K2");
    fills("lena", "2024-06-10T10:15:00Z", "K3");
    looks("ben", "2024-06-10T11:00:00Z", "s2");
    event(
        "usha",
        "2024-06-10T11:30:00Z",
        "purchase",
        "'order_id':'u1','status':'created','amount_minor':6000");
    fills("cora", "2024-06-10T11:40:00Z", "K4");
    event(
        "uma",
        "2024-06-10T11:50:00Z",
        "purchase",
        "'order_id':'u2','status':'created','amount_minor':7000");
  }

  /** Above the watermark, and hence waiting and undecided about duplicates. */
  private void lastMinute() {
    fills("tim", "2024-06-10T11:59:30Z", "K5");
    buys("tim", "2024-06-10T11:59:50Z", "t1", 1_200);
    looks("ivan", BREAK.toString(), "s1");
  }

  /** What arrives afterwards. */
  static List<String> after() {
    List<String> before = before();
    BrokenOffStory story = new BrokenOffStory(before.size() + 1);
    // Late: she had paid before she was reminded.
    story.buys("lena", "2024-06-10T10:50:00Z", "n1", 9_900);
    // Sent again: what was applied, what waits in a tail, what ivan saw last.
    story.lines.addAll(before.subList(before.size() - 11, before.size()));
    story.looks("carl", "2024-06-10T12:00:10Z", "s3");
    story.event(
        "usha",
        "2024-06-10T12:20:00Z",
        "purchase",
        "'order_id':'u1','status':'paid','amount_minor':6000");
    story.buys("carl", "2024-06-10T12:30:00Z", "c1", 9_900);
    story.fills("ben", "2024-06-10T12:50:00Z", "K6");
    story.buys("wil", "2024-06-10T12:55:00Z", "w1", 2_000);
    // From before he was forgotten.
    story.event("ed", "2024-06-04T11:00:00Z", "purchase", "'order_id':'x2','amount_minor':100");
    story.fills("zoe", "2024-06-11T09:00:00Z", "K7");
    story.event(
        "paula",
        "2024-06-11T10:00:00Z",
        "refund",
        "'order_id':'p1','refund_id':'f3','amount_minor':10000,'full':true");
    story.event("ruth", "2024-06-12T10:00:00Z", "click", "'element_id':'banner'");
    story.buys("lea", "2024-06-12T11:00:00Z", "l9", 100);
    story.looks("ivan", "2024-06-20T12:00:00Z", "s2");
    story.looks("ivan", "2024-07-25T12:00:00Z", "s3");
    return story.lines;
  }

  private void buys(String who, String at, String orderId, int amountMinor) {
    event(
        who,
        at,
        "purchase",
        String.format(
            Locale.ROOT,
            "'order_id':'%s','amount_minor':%d,'lines':[{'sku_id':'K0','product_id':'P0',"
                + "'category_id':'C0','quantity':1}]",
            orderId,
            amountMinor));
  }

  private void fills(String who, String at, String sku) {
    event(
        who,
        at,
        "cart",
        String.format(
            Locale.ROOT,
            "'action':'add','cart_id':'c','lines':[{'sku_id':'%s','product_id':'P-%s','unit_price_minor':9900}]",
            sku,
            sku));
  }

  private void looks(String who, String at, String session) {
    lines.add(
        line("default", who, at, "browse", "'page':'item','product_id':'P1','category_id':'C1'")
            .replace("\"type\"", "\"session_id\":\"" + session + "\",\"type\""));
  }

  private void event(String who, String at, String type, String properties) {
    event("default", who, at, type, properties);
  }

  private void event(String tenant, String who, String at, String type, String properties) {
    lines.add(line(tenant, who, at, type, properties));
  }

  private String line(String tenant, String who, String at, String type, String properties) {
    number++;
    return String.format(
            Locale.ROOT,
            "{'event_id':'s%d','type':'%s','tenant_id':'%s','app_id':'wx1','event_time':'%s',"
                + "'openid':'%s','properties':{%s}}",
            number,
            type,
            tenant,
            at,
            who,
            properties)
        .replace('\'', '"');
  }
}
