package io.customerpulse.domain.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Identifiers;
import io.customerpulse.domain.oracle.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever spelling is drawn, a phone and an id are the same ones or none. */
class IdentifierPropertyTest {
  private static final int ROUNDS = 2_000;

  private static final List<String> BLANKS =
      List.of(
          " ", "\t", "\n", "\u00a0", "\u3000", "\u2009", "\u202f", "\u200b", "\ufeff", "\u202a");
  private static final List<String> SEPARATORS =
      List.of("", "", "", "-", " ", ".", "(", ")", "\u00a0", "\u2011", "－", "．", "（", "\u3000");

  /** One of each, beside 500 others: half are letters and marks, half any character there is. */
  private static final String STRANGE = "*xX#&,;:~_=?!…•●×okKeEtT分机转ｘ＊＃٪½①Ⅴ😀\u0000";

  /** Country and national number as the plan of the country says; the zero is its trunk prefix. */
  private static final List<String[]> ABROAD =
      List.of(
          new String[] {"44", "7911123456", "0"},
          new String[] {"81", "9012345678", "0"},
          new String[] {"852", "51234567", ""},
          new String[] {"1", "2025550123", ""},
          new String[] {"86", "57188888888", "0"});

  private final TrackingEventReader reader = TestRecords.reader();

  static List<Long> seeds() {
    return Seeds.of(IdentifierPropertyTest.class, 2, 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anySpellingOfAPhoneIsThatPhone(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String mobile = mobile(random);
      String spelled =
          spelled(one(List.of("", "+86", "0086", "86", "0", "+860"), random), mobile, random);

      assertThat(phoneHash(spelled))
          .as("'%s', seed %d", spelled, seed)
          .isEqualTo(keyed("+86" + mobile));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void soItIsAbroad(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / 10; round++) {
      String[] phone = one(ABROAD, random);
      String prefix =
          one(List.of("+", "00"), random) + phone[0] + one(List.of("", phone[2]), random);
      String spelled = spelled(prefix, phone[1], random);

      assertThat(phoneHash(spelled))
          .as("'%s', seed %d", spelled, seed)
          .isEqualTo(keyed("+" + phone[0] + phone[1]));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void numbersThatDifferInADigitAreDifferent(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String mobile = mobile(random);
      int place = 2 + random.nextInt(9);
      char other = (char) ('0' + (mobile.charAt(place) - '0' + 1 + random.nextInt(9)) % 10);
      String another = mobile.substring(0, place) + other + mobile.substring(place + 1);

      assertThat(phoneHash(mobile))
          .as("%s and %s, seed %d", mobile, another, seed)
          .isNotNull()
          .isNotEqualTo(phoneHash(another));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatHasAnotherCharacterIsNoPhone(long seed) {
    Random random = new Random(seed);
    List<String> strange = STRANGE.codePoints().mapToObj(Character::toString).toList();
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder phone = new StringBuilder(mobile(random));
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        int place = random.nextInt(phone.length() + 1);
        int replaced = Math.min(phone.length(), place + random.nextInt(2));
        phone.replace(place, replaced, one(strange, random));
      }

      assertThat(phoneHash(phone.toString())).as("'%s', seed %d", phone, seed).isNull();
    }
  }

  /** Stars of any kind, a separator too, over digits; digits left out; another number behind it. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatHasFewerOrMoreDigitsIsNoPhone(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String mobile = mobile(random);
      String star = one(List.of("-", ".", " ", "", "－", "*", "x"), random);
      String masked = mobile.substring(0, 3) + star.repeat(4) + mobile.substring(7);
      String two = mobile + one(List.of("/", " ", "-", "", ",", "、"), random) + mobile(random);
      String cut = mobile.substring(0, 1 + random.nextInt(10));

      for (String text : List.of(masked, two, cut)) {
        assertThat(phoneHash(text)).as("'%s', seed %d", text, seed).isNull();
      }
    }
  }

  @Test
  void numbersThatAreNobodysAreNoPhone() {
    for (String text :
        List.of(
            "00000000000",
            "11111111111",
            "99999999999",
            "12345678901",
            "88886666",
            "10086",
            "400-800-8888",
            "800 123 4567",
            "+1 222 222 2222",
            "+",
            "138+00138000",
            "+49 301234/301235",
            "010/1234/5678",
            "0571-8765432-1",
            "+49 30 1234567.0",
            "13800138000+",
            "++8613800138000")) {
      assertThat(phoneHash(text)).as(text).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0571/88888888,+8657188888888",
    "+86 571/8888-8888,+8657188888888",
    "13800138000.0,+8613800138000",
    "+8613800138000.00,+8613800138000"
  })
  void anAreaCodeMayEndInASlashAndANumberInAZeroFraction(String phone, String e164) {
    assertThat(phoneHash(phone)).isEqualTo(keyed(e164));
  }

  /** A million quotes: each pair must not cost what all of them are long. */
  @Test
  void quotesWithinQuotesAreReadOnce() {
    assertThat(identifiers("user_id", "'".repeat(1_000_000)).userId()).isNull();
    assertThat(identifiers("user_id", "'\"".repeat(100_000) + "\"'".repeat(100_000)).userId())
        .isNull();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void blanksAroundAnIdDontBelongToIt(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      // Drawn from what begins and ends with something to see.
      String id =
          "Ä" + "a 1\u00a0😀".repeat(random.nextInt(51)) + one(List.of("z", "Z", "😀"), random);
      String padded = blanks(random) + id + blanks(random);

      assertThat(identifiers("user_id", padded).userId()).as("seed %d", seed).isEqualTo(id);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lengthsAreThoseOfCharacters(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      StringBuilder id = new StringBuilder();
      int length = 250 + random.nextInt(13);
      for (int i = 0; i < length; i++) {
        id.append(one(List.of("a", "杭", "😀", "𠮷"), random));
      }

      assertThat(identifiers("user_id", id.toString()).userId())
          .as("%d characters, seed %d", length, seed)
          .isEqualTo(length <= 256 ? id.toString() : null);
    }
  }

  private static String mobile(Random random) {
    StringBuilder mobile = new StringBuilder("1").append(3 + random.nextInt(7));
    while (mobile.length() < 11) {
      mobile.append(random.nextInt(10));
    }
    return mobile.toString();
  }

  /** Separators between the digits, blanks around them; some digits are full-width. */
  private static String spelled(String prefix, String national, Random random) {
    StringBuilder spelled = new StringBuilder(blanks(random));
    String digits = prefix + national;
    for (int i = 0; i < digits.length(); i++) {
      boolean wide = random.nextInt(8) == 0;
      spelled.append(wide ? (char) (digits.charAt(i) - '0' + '０') : digits.charAt(i));
      // One digit behind the last separator would be an extension.
      spelled.append(i == digits.length() - 2 ? "" : one(SEPARATORS, random));
    }
    return spelled.append(blanks(random)).toString();
  }

  private static String blanks(Random random) {
    StringBuilder blanks = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      blanks.append(one(BLANKS, random));
    }
    return blanks.toString();
  }

  private static <T> T one(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static String keyed(String e164) {
    return new PhoneHasher(TestRecords.PHONE_KEY).hash(e164);
  }

  private String phoneHash(String phone) {
    return identifiers("phone", phone).phoneHash();
  }

  private Identifiers identifiers(String name, String value) {
    BehaviorEvent event = TestRecords.taken(result(name, value));
    return event.identifiers();
  }

  private ParseResult result(String name, String value) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("type", "browse").put("event_id", "e").put("app_id", "a");
    record.put("event_time", 1_709_258_400_000L).put("anonymous_id", "device").put(name, value);
    return TestRecords.parsed(reader, record.toString(), null);
  }
}
