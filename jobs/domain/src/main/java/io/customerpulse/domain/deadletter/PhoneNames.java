package io.customerpulse.domain.deadletter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which names of fields say that a phone number stands there: those with the Chinese words in them,
 * and those of which an English word does, where words are told apart by capitals, digits and
 * whatever is no letter. So contactTel, user_mobile and 手机号 do; hotel, telegram_id, headphones and
 * automobile don't.
 */
public final class PhoneNames {
  private static final Pattern CHINESE = Pattern.compile("手[机機]|[电電][话話]");
  private static final Pattern ENGLISH =
      Pattern.compile("phone|mobile|tel", Pattern.CASE_INSENSITIVE);

  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

  /** Alone, and in what is written together: telephone, userphone, phoneno, mobilenumber. */
  private static final Pattern PHONE_WORD =
      Pattern.compile(
          "(user|member|customer|buyer|contact|receiver|consignee|work|home|office|cell|hand|mobile"
              + "|tele)?(phone|mobile|tel)(s|no|nos|num|nums|number|numbers)?",
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
      if (PHONE_WORD.matcher(word.group()).matches()) {
        return true;
      }
    }
    return false;
  }
}
