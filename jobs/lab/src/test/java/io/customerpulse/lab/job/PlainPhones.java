package io.customerpulse.lab.job;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Phone numbers, each sent in one place alone, and where they are found again in bytes. */
final class PlainPhones {
  private static final int ALIGNMENTS_OF_BASE64 = 3;

  private final Random random;

  /** Where each number was sent. */
  private final Map<String, String> places = new LinkedHashMap<>();

  PlainPhones(long seed) {
    random = new Random(seed);
  }

  /** A number of mainland China that stands nowhere else. */
  String sentIn(String place) {
    String number = "13" + (100_000_000 + random.nextInt(900_000_000));
    return places.put(number, place) == null ? number : sentIn(place);
  }

  /** The places whose numbers stand in some bytes, in whatever form. */
  Set<String> foundIn(byte[] bytes) {
    // Every byte as one character: as fast as a search in bytes, and there is one.
    String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
    Set<String> found = new HashSet<>();
    places.forEach(
        (number, place) -> {
          if (formsOf(number).stream().anyMatch(haystack::contains)) {
            found.add(place);
          }
        });
    return found;
  }

  /** As text in the usual encodings, in groups, as Base64, as packed digits and as a number. */
  private static List<String> formsOf(String number) {
    List<String> forms = new ArrayList<>();
    forms.add(number);
    for (char separator : new char[] {'-', ' '}) {
      forms.add(
          number.substring(0, 3)
              + separator
              + number.substring(3, 7)
              + separator
              + number.substring(7));
    }
    forms.add(latin1(number.getBytes(StandardCharsets.UTF_16BE)));
    for (int before = 0; before < ALIGNMENTS_OF_BASE64; before++) {
      String encoded =
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString((" ".repeat(before) + number).getBytes(StandardCharsets.UTF_8));
      // The characters at the ends hold bits of what stands beside the number, too.
      forms.add(encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 1));
    }
    forms.add(latin1(HexFormat.of().parseHex(number.substring(1))));
    forms.add(latin1(HexFormat.of().parseHex(number, 0, number.length() - 1)));
    forms.add(latin1(sevenBitsToTheByte(2 * Long.parseLong(number))));
    return forms;
  }

  /** As Avro and the codecs write the numbers whose double this is. */
  private static byte[] sevenBitsToTheByte(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long rest = value; rest != 0; rest >>>= 7) {
      bytes.write((int) ((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)));
    }
    return bytes.toByteArray();
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
