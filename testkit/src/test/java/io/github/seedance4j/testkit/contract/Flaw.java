package io.github.seedance4j.testkit.contract;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What can be broken in the plain client, a row each: the rule that must catch it, and what it does
 * wrong. All of it has been seen in clients of such services, or nearly.
 */
enum Flaw {
  FINGERPRINT_IS_THE_KEY("P01", "shows its key as the account's fingerprint"),
  FINGERPRINT_BEGINS_THE_KEY("P01", "shows the key's first characters as the fingerprint"),
  FINGERPRINT_ENDS_AS_THE_KEY("P01", "adds the key's last four characters to the fingerprint"),
  FINGERPRINT_OF_A_PART("P02", "digests the key's first characters only"),
  ONE_FINGERPRINT_FOR_ALL("P02", "has the same fingerprint for every key"),
  SENDS_WHEN_PREPARING("P03", "sends a create already when it is prepared"),
  SALTED_DIGEST("P04", "puts a number of its own into each digest"),
  DIGEST_OF_THE_MODEL("P05", "digests the model's name only"),
  DIGEST_OF_OTHER_BYTES("P06", "digests another spelling than it sends"),
  ASCII_ONLY("P07", "sends question marks for all but ASCII"),
  SENDS_WHEN_CLOSED("P08", "goes on sending when it is closed"),
  RESENDS_ON_503("P09", "sends a create again on 503"),
  RESENDS_ON_429("P09", "sends a create again on 429, as Retry-After says"),
  FOLLOWS_REDIRECTS("P10", "follows the redirect of a create"),
  RESENDS_WHEN_BROKEN("P11", "sends a create again when its connection broke"),
  LOST_IS_NOT_SENT("P12", "takes a lost reply for not sent"),
  BROKEN_REPLY_IS_REFUSED("P13", "takes a reply that breaks off for a refusal"),
  RESENDS_WHEN_LATE("P14", "sends a create again when no answer came in time"),
  READS_WITHOUT_DEADLINE("P15", "waits for an answer for as long as bytes come"),
  REFUSED_CONNECTION_IS_UNKNOWN("P16", "takes a refused connection for a lost reply"),
  MIXES_UP_REPLIES("P17", "gives the replies of two threads to each other"),
  ONLY_200_COUNTS("P18", "finds no id in a 201"),
  NO_ID_IS_REFUSED("P19", "takes 200 without an id for a refusal"),
  NUMBER_IS_AN_ID("P20", "takes a number for an id"),
  ID_FROM_TASK_ID("P21", "takes the id from task_id"),
  EMPTY_IS_REFUSED("P22", "takes 200 with nothing for a refusal"),
  DISORDER_IS_REFUSED("P23", "takes 200 with broken JSON for a refusal"),
  DIES_OF_DEPTH("P24", "reads nested lists recursively without a limit"),
  READS_ON_FOR_THE_ID("P25", "reads an answer to its end however long it is"),
  INFLATES_ON_FOR_THE_ID("P26", "inflates an answer to its end however long it gets"),
  KNOWS_ALL_FIELDS("P27", "takes no answer with a field that it doesn't know"),
  SWALLOWS_ERROR_BODIES("P28", "keeps nothing of a refusal but its status"),
  KNOWS_ONE_ERROR_SHAPE("P29", "knows an error with code and message only"),
  SERVER_ERROR_IS_REFUSED("P30", "takes 5xx for a refusal"),
  IGNORES_RETRY_AFTER("P31", "ignores the Retry-After of a create"),
  KNOWS_NO_DATES("P32", "reads Retry-After in seconds only"),
  NONSENSE_IS_A_MINUTE("P33", "waits a minute for a Retry-After that makes no sense"),
  WAITS_WITHOUT_CAP("P34", "believes a Retry-After of any length"),
  EVERY_FAULT_IS_OTHER("P35", "sorts no refusal by what it is about"),
  KEY_OF_ITS_OWN("P36", "replaces a key that looks odd by one of its own"),
  WRONG_KEY_IS_TROUBLE("P37", "asks to come back when the key is wrong"),
  UNKNOWN_TASK_IS_FAILED("P38", "takes 404 on a poll for a failed task"),
  QUEUED_IS_RUNNING("P39", "knows no queue"),
  LOSES_THE_SECONDS("P40", "drops what the provider says of the clip's length"),
  LOSES_THE_REASON("P41", "drops why a task failed"),
  FAILURE_NEEDS_A_CODE("P42", "takes a failure without a code for trouble"),
  EXPIRED_IS_RUNNING("P43", "takes expired for running, for ever"),
  ODD_STATUS_IS_FAILED("P44", "takes an unknown status for a failure"),
  SUCCESS_NEEDS_A_LINK("P45", "takes a success without a link for trouble"),
  NEEDS_USAGE("P46", "takes a success without usage for trouble"),
  NEEDS_CREATED("P47", "takes a task without created for trouble"),
  REMEMBERS_404("P48", "asks no more for a task that was once unknown"),
  NEVER_GOES_BACK("P49", "says running of a task that is queued again"),
  BOOKS_LOST_TASKS_ANEW("P50", "sends a create for a task that is not known"),
  POLL_ERROR_IS_FAILED("P51", "takes a poll's error status for a failed task"),
  IGNORES_RETRY_AFTER_OF_POLLS("P52", "ignores the Retry-After of a poll"),
  RESET_POLL_IS_FAILED("P53", "takes a poll's reset for a failed task"),
  LATE_POLL_IS_FAILED("P54", "takes a poll without an answer for a failed task"),
  NONSENSE_IS_RUNNING("P55", "takes a poll's nonsense for a running task"),
  TRUSTS_ANY_ID("P56", "takes another task's state for the one asked for"),
  KEY_IN_THE_QUERY("P57", "sends the key in the query besides"),
  KEY_IN_ITS_TEXT("P58", "shows the key in toString"),
  KEY_IN_MESSAGES("P59", "puts the key into what it says of trouble"),
  KEY_IN_THE_LOG("P60", "logs the headers it sends"),

  MADE_UP_LENGTH("F01", "takes a clip's length for what was asked"),
  LEAVES_ITS_PART("F02", "leaves the part file behind"),
  WRITES_TO_THE_FINAL_NAME("F03", "writes to the final name from the first byte on"),
  OVERWRITES("F04", "overwrites an existing file"),
  NEW_NAME_EACH_TIME("F05", "stores the same clip once more under a new name"),
  TELLS_NO_END("F06", "tells no progress at the end"),
  NEEDS_A_LENGTH("F07", "fetches nothing whose length is not told"),
  SHARES_ITS_PART("F08", "lets two fetches write to one part file"),
  DISK_TROUBLE_IS_PASSING("F09", "asks to come back when the disk refuses"),
  NO_LENGTH_CHECK("F10", "takes what came for the clip, however short"),
  DROPS_ITS_PART("F10", "throws away what came of a transfer that broke off"),
  STARTS_OVER("F11", "starts over each time"),
  LOSES_PATIENCE("F12", "gives up for good on the second break"),
  APPENDS_THE_WHOLE("F13", "appends the whole file that comes instead of a range"),
  TRUSTS_ANY_206("F14", "appends whatever range comes"),
  TRUSTS_ANY_ETAG("F15", "goes on with a file that was changed"),
  DROPS_TORN_CLIPS("F16", "throws away what came whole and can't be read"),
  LOOKS_AT_NO_BOXES("F17", "takes any bytes for a clip"),
  DEAD_LINK_IS_TROUBLE("F18", "asks to come back with a link that is dead"),
  TROUBLE_IS_A_DEAD_LINK("F19", "takes a server's trouble for a dead link"),
  FETCHES_WITHOUT_DEADLINE("F20", "waits for a clip for as long as bytes come"),
  LATE_IS_HOPELESS("F20", "gives up for good on a slow transfer"),
  READS_FILE_LINKS("F21", "copies a file of this machine for a file: link"),
  CALLS_PRIVATE_ADDRESSES("F22", "would call a private address"),
  LOOKS_AT_THE_FIRST_HOP("F23", "would follow a redirect to a private address"),
  FOLLOWS_FOR_EVER("F24", "follows redirects without counting"),
  NONSENSE_LINK_IS_TROUBLE("F25", "asks to come back with a link that is none"),
  KEY_TO_THE_FILES_HOST("F26", "sends the key along with a download"),
  LINK_IN_MESSAGES("F27", "names the link in its messages"),
  LINK_IN_THE_LOG("F28", "logs the link");

  private final String rule;
  private final String what;

  Flaw(String rule, String what) {
    this.rule = rule;
    this.what = what;
  }

  /** The rule that must catch it. */
  String rule() {
    return rule;
  }

  static Stream<Flaw> all() {
    return Arrays.stream(values());
  }

  @Override
  public String toString() {
    return rule + " " + name() + ": " + what;
  }
}
