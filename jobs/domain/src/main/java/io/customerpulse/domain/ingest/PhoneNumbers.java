package io.customerpulse.domain.ingest;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone number as somebody writes it → its E.164 form (+8613800138000). A number without a
 * country code is taken for one of mainland China.
 *
 * <p>Only what names one line is a number. The library is more lenient than that: it reads letters
 * as digits, cuts what follows a number off, and takes a number without its area code. So strangers
 * whose phones are masked (138****8000) or cut would be one customer.
 */
final class PhoneNumbers {
  private static final int CHINA = 86;

  /** The shortest that has an area code, behind the code of the country: such as Beijing's. */
  private static final int FEWEST_DIGITS_BEHIND_86 = 12;

  /** For the library, of which every number says its country. */
  private static final String NO_REGION = "ZZ";

  private static final Pattern CHINESE_MOBILE = Pattern.compile("1[3-9]\\d{9}");

  /** A number that software kept as one with a fraction, such as a column of a table. */
  private static final Pattern ZERO_FRACTION = Pattern.compile("([+＋]?\\p{Nd}+)\\.0+");

  /** Of an area code, that of the country before it; behind more, a slash begins another number. */
  private static final int MOST_DIGITS_BEFORE_A_SLASH = 6;

  private static final Pattern ONE_DIGIT_ALL_ALONG = Pattern.compile("(\\d)\\1*");

  /** Beside blanks and dashes; the second half are their full-width forms. */
  private static final String SEPARATORS = ".()/" + "．（）／";

  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

  /** The E.164 form; empty where the text is no phone of a person. */
  Optional<String> e164(String text) {
    String dialled = dialled(withoutFraction(Characters.strip(text)));
    if (dialled == null) {
      return Optional.empty();
    }
    try {
      PhoneNumber number = numbers.parse(withCountry(dialled), NO_REGION);
      return isOfAPerson(number)
          ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private static String withoutFraction(String text) {
    Matcher number = ZERO_FRACTION.matcher(text);
    return number.matches() ? number.group(1) : text;
  }

  /**
   * The digits, behind a plus where one comes first; null where there is anything else, an
   * extension (0571-8765432-1) or a second number (301234/301235).
   */
  private static String dialled(String text) {
    StringBuilder dialled = new StringBuilder(text.length());
    int lastSeparated = 0;
    boolean hasSlash = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (Character.isDigit(character)) {
        dialled.append(Character.digit(character, 10));
      } else if (dialled.isEmpty() && (character == '+' || character == '＋')) {
        dialled.append('+');
      } else if (!isSeparator(character)) {
        return null;
      } else if (isSlash(character)) {
        if (hasSlash || dialled.length() - plus(dialled) > MOST_DIGITS_BEFORE_A_SLASH) {
          return null;
        }
        hasSlash = true;
        lastSeparated = dialled.length();
      } else if (!Characters.isBlank(character)) {
        lastSeparated = dialled.length();
      }
    }
    return lastSeparated > plus(dialled) && dialled.length() - lastSeparated == 1
        ? null
        : dialled.toString();
  }

  private static int plus(StringBuilder dialled) {
    return !dialled.isEmpty() && dialled.charAt(0) == '+' ? 1 : 0;
  }

  private static boolean isSlash(int character) {
    return character == '/' || character == '／';
  }

  /**
   * The number behind a plus and the code of its country. The library would take more for a way of
   * dialling abroad than 00, and so some numbers of mobiles too.
   */
  private static String withCountry(String dialled) {
    if (dialled.startsWith("+")) {
      return dialled;
    }
    if (dialled.startsWith("00")) {
      return "+" + dialled.substring(2);
    }
    return dialled.startsWith("86") && dialled.length() >= FEWEST_DIGITS_BEHIND_86
        ? "+" + dialled
        : "+" + CHINA + dialled;
  }

  private static boolean isSeparator(int character) {
    return SEPARATORS.indexOf(character) >= 0
        || Character.getType(character) == Character.DASH_PUNCTUATION
        || Characters.isBlank(character);
  }

  private boolean isOfAPerson(PhoneNumber number) {
    return switch (numbers.getNumberType(number)) {
      // Hotlines, which many give who don't want to give their own.
      case TOLL_FREE, PREMIUM_RATE, SHARED_COST, UAN, VOICEMAIL -> false;
      case UNKNOWN -> couldBeANewMobile(number);
      default -> true;
    };
  }

  /** New ranges are given out faster than libraries are updated. */
  private boolean couldBeANewMobile(PhoneNumber number) {
    String national = numbers.getNationalSignificantNumber(number);
    return number.getCountryCode() == CHINA
        ? CHINESE_MOBILE.matcher(national).matches()
        : !ONE_DIGIT_ALL_ALONG.matcher(national).matches()
            && numbers.isPossibleNumberForTypeWithReason(number, PhoneNumberType.MOBILE)
                == ValidationResult.IS_POSSIBLE;
  }
}
