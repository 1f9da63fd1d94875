package io.customerpulse.domain.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Origin;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {
  @Test
  void keepsTheRecordAndItsPlace() {
    DeadLetter letter = of("abc".getBytes(StandardCharsets.UTF_8));

    assertThat(letter)
        .isEqualTo(
            new DeadLetter(
                DeadLetterCode.NOT_JSON,
                "why",
                "abc",
                RawForm.RECORD,
                null,
                3,
                // FIPS 180-2, appendix B.1
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "file.jsonl",
                12));
  }

  @Test
  void keepsBytesThatAreNoTextAsBase64() {
    byte[] raw = {'a', (byte) 0xFF, 0, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
    DeadLetter letter = of(raw);

    assertThat(letter.rawEncoding()).isEqualTo("base64");
    assertThat(Base64.getDecoder().decode(letter.raw())).isEqualTo(raw);
  }

  @Test
  void cutsALargeRecordAtAWholeCharacter() {
    byte[] raw = ("a" + "杭".repeat(400_000)).getBytes(StandardCharsets.UTF_8);
    DeadLetter letter = of(raw);

    assertThat(letter.raw()).isEqualTo("a" + "杭".repeat((64 * 1024 - 1) / 3));
    assertThat(letter.rawLength()).isEqualTo(raw.length);
    assertThat(letter.rawSha256()).hasSize(64);
  }

  @Test
  void keepsARecordOfTheLargestSizeWhole() {
    assertThat(of("a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)).raw()).hasSize(1 << 20);
  }

  @Test
  void masksAPhoneAcrossTheCut() {
    String raw = " ".repeat((64 << 10) - 5) + "13800138000" + " ".repeat(1 << 20);
    assertThat(of(raw.getBytes(StandardCharsets.UTF_8)).raw()).endsWith(" *****");
  }

  @Test
  void masksPhonesInBinaryRecordsAndInMessages() {
    byte[] raw =
        "\u00ff{\"phone\":\"0571 8888\"} 13800138000".getBytes(StandardCharsets.ISO_8859_1);
    DeadLetter letter =
        DeadLetter.of(new Origin("f", 1), raw, DeadLetterCode.BAD_VALUE, "x: \"13800138000\"");

    assertThat(new String(Base64.getDecoder().decode(letter.raw()), StandardCharsets.ISO_8859_1))
        .isEqualTo("\u00ff{\"phone\":\"*********\"} ***********");
    assertThat(letter.message()).isEqualTo("x: \"***********\"");
  }

  @Test
  void seesNamesInBrokenBytesAndInGbk() {
    byte[] utf8 = "\"手机\":\"010-1\" \"電話\":\"2\"".getBytes(StandardCharsets.UTF_8);
    byte[] broken = Arrays.copyOf(utf8, utf8.length + 1);
    broken[utf8.length] = (byte) 0xFF;
    byte[] gbk = "\"手机\":\"010-1\" \"电话\":\"2\"".getBytes(Charset.forName("GBK"));

    for (byte[] record : List.of(broken, gbk)) {
      assertThat(
              new String(Base64.getDecoder().decode(of(record).raw()), StandardCharsets.ISO_8859_1))
          .contains("\"*****\"")
          .endsWith(record == gbk ? "\"*\"" : "\"*\"\u00ff");
    }
  }

  @Test
  void hashesTheMaskedRecordSoThatNobodyFindsThePhoneByTrial() {
    assertThat(of("13800138000".getBytes(StandardCharsets.UTF_8)).rawSha256())
        .isEqualTo(of("***********".getBytes(StandardCharsets.UTF_8)).rawSha256());
  }

  @Test
  void leavesNoHalfCharacterInAMessage() {
    String message =
        DeadLetter.of(
                new Origin("f", 1), new byte[0], DeadLetterCode.BAD_VALUE, "a" + "😀".repeat(400))
            .message();
    assertThat(message).endsWith("😀?").hasSize(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call 13800138000 now | call *********** now",
        "+8613800138000 | **************",
        "0086 138-0013-8000 | ******************",
        "138 0013 8000 | *************",
        "１３８００１３８０００ | ***********",
        "{\"phone\":\"0571-88\\\"8\",\"a\":1} | {\"phone\":\"**********\",\"a\":1}",
        "{\"phone\" : 88886666, \"a\":1} | {\"phone\" : ********, \"a\":1}",
        "{\"Phone\":[\"1\",\"2\"]} | {\"Phone\":[*******]}",
        "{\"phone\":\"0571-888 | {\"phone\":\"********",
        "{\"phone\":{\"a\":[1,\"}\"]},\"b\":1} | {\"phone\":{***********},\"b\":1}",
        "{\"userPhone\":\"1\",\"tel_no\":2} | {\"userPhone\":\"*\",\"tel_no\":*}",
        "{\"手机号\":\"1\",\"\\u7535\\u8bdd\":\"2\"} | {\"手机号\":\"*\",\"\\u7535\\u8bdd\":\"*\"}",
        "手机13800138000是 | 手机***********是",
        "/p?tel=13800138000&a=1 | /p?tel=***********&a=1",
        "/p?q=%E6%9C%BA13800138000%20 | /p?q=%E6%9C%BA***********%20",
        "/p?tel=%2B8613800138000 | /p?tel=%2B*************",
        "call\\n13800138000\\n | call\\n***********\\n",
        "\\u5bf913800138000 | \\u5bf9***********",
        "a+8613800138000 | a+*************",
        "/p?u=https%253A%252F%252Fx%253Ft%253D13800138000 | /p?u=https%253A%252F%252Fx%253Ft%253D***********",
        "%252013800138000 | %2520***********",
        "138%200013%208000&a | *****************&a",
        "138+0013+8000 | *************",
        "138\u00a00013\u30008000 | *************",
        "138\u20110013\u200b8000 | *************",
        "{\"contact\":1.3800138E10} | {\"contact\":************}",
        "{\"telphone\":\"1\",\"bindmobile\":2} | {\"telphone\":\"*\",\"bindmobile\":*}",
        "{\"note\":\"{\\\"phone\\\":\\\"010-1\\\",\\\"a\\\":1}\"} | {\"note\":\"{\\\"phone\\\":\\\"*****\\\",\\\"a\\\":1}\"}",
        "{\"note\":\"{\\\"phone\\\":88886666}\"} | {\"note\":\"{\\\"phone\\\":********}\"}",
      })
  void masksWhatLooksLikeAPhone(String text, String masked) {
    assertThat(PhoneMask.maskRecord(text)).isEqualTo(masked);
  }

  @Test
  void keepsAPhoneHashSoThatTheMendedRecordCanBeSentAgain() {
    String hash = "{\"phone_hash\":\"" + "0a".repeat(32) + "\"}";
    assertThat(PhoneMask.maskRecord(hash)).isEqualTo(hash);
    assertThat(PhoneMask.maskRecord("{\"phone_hash\":\"0571-88888888\"}"))
        .isEqualTo("{\"phone_hash\":\"*************\"}");
  }

  @Test
  void masksDigitsOfUtf16() {
    String utf16 =
        new String("13800138000".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
    assertThat(PhoneMask.maskRecord(utf16)).doesNotContain("8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1709258400000",
        "2024-03-01T10:00:00+08:00",
        "12800138000",
        "138001380001",
        "{\"phone\":null}",
        "{\"phone\":\"\"}",
        "{\"phone\":",
        "{\"mobile\":true,\"phone\":false}",
        "{\"hotel\":\"0571-88888888\",\"telegram_id\":88888888}",
        "{\"headphones\":\"0571-88888888\",\"automobile\":88888888}",
        "{\"amount_minor\":1.38E10,\"b\":1.3800138E11}",
        "a13800138000",
        "13800138000b",
        "/img/9f13800138000.png",
        "2413800138000",
        "1380013800"
      })
  void leavesTheRestAlone(String text) {
    assertThat(PhoneMask.maskRecord(text)).isEqualTo(text);
  }

  private static DeadLetter of(byte[] raw) {
    return DeadLetter.of(new Origin("file.jsonl", 12), raw, DeadLetterCode.NOT_JSON, "why");
  }
}
