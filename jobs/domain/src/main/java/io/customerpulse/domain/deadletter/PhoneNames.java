package io.customerpulse.domain.deadletter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which names of fields say that a phone number stands there: those with the Chinese words in them,
 * and those of which an English word does, where words are told apart by capitals, digits and
 * whatever is no letter. So contactTel, user_mobile, linkphone and 手机号 do; hotel, telegram_id,
 * headphones and automobile don't.
 */
public final class PhoneNames {
  /** Behind the words the same in bytes, of GBK and of UTF-8, that are read as Latin-1. */
  private static final Pattern CHINESE =
      Pattern.compile(
          "手[机機]|[电電][话話]"
              + "|\\u00CA\\u00D6\\u00BB\\u00FA|\\u00B5\\u00E7\\u00BB\\u00B0"
              + "|\\u00E6\\u0089\\u008B\\u00E6(?:\\u009C\\u00BA|\\u00A9\\u009F)"
              + "|\\u00E7\\u0094\\u00B5\\u00E8\\u00AF\\u009D|\\u00E9\\u009B\\u00BB\\u00E8\\u00A9\\u00B1");

  private static final Pattern ENGLISH =
      Pattern.compile("phone|mobile|tel", Pattern.CASE_INSENSITIVE);

  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

  /** Alone, and in what is written together: telephone, bindmobile, phoneno, mobilenumber. */
  private static final Pattern PHONE_WORD =
      Pattern.compile(
          "[a-z]*(phone|mobile|tel)(s|no|nos|num|nums|number|numbers)?", Pattern.CASE_INSENSITIVE);

  /** Words that end alike and say something else. */
  private static final Pattern OTHER_WORD =
      Pattern.compile(
          "((head|ear|i|smart|micro|mega|saxo|xylo|gramo|homo)phone|(auto|snow|bat)mobile"
              + "|hotel|motel|hostel|intel|pastel|cartel|chattel|mantel|betel)s?",
          Pattern.CASE_INSENSITIVE);

  private PhoneNames() {}

  /** Whether a name says so. */
  public static boolean sayPhone(String name) {
    if (CHINESE.matcher(name).find()) {
      return true;
    }
    // Almost no name gets beyond this.
    if (!ENGLISH.matcher(name).find()) {
      return false;
    }
    Matcher word = WORD.matcher(name);
    while (word.find()) {
      if (PHONE_WORD.matcher(word.group()).matches()
          && !OTHER_WORD.matcher(word.group()).matches()) {
        return true;
      }
    }
    return false;
  }
}
