package torchparity.harness.diagnosis;

import java.util.List;
import java.util.OptionalInt;
import torchparity.cases.OpRecord;

/**
 * Which parameter each line of a log belongs to. They are found from the first line to the last, as
 * a line takes from earlier ones alone: a stranger's log may have chains of any length.
 */
final class Owners {
  private static final String GRAD = "grad";

  private final List<OpRecord> records;
  private final int[] roots;
  private final int[] owners;

  Owners(List<OpRecord> records) {
    this.records = records;
    this.roots = new int[records.size()];
    this.owners = new int[records.size()];
    for (int n = 0; n < records.size(); n++) {
      OptionalInt made = isInPlace(records.get(n)) ? first(n) : OptionalInt.empty();
      roots[n] = made.isPresent() ? roots[made.getAsInt()] : n;
      OptionalInt towards = towards(n);
      owners[n] = towards.isPresent() ? owners[towards.getAsInt()] : n;
    }
  }

  /** The next line on the way to the owner. */
  private OptionalInt towards(int n) {
    OpRecord record = records.get(n);
    if (!isInPlace(record) && !record.op().equals(GRAD)) {
      return record.sources().filter(s -> records.get(s).op().equals(GRAD)).findFirst();
    }
    OptionalInt made = first(n);
    return made.isPresent() ? OptionalInt.of(roots[made.getAsInt()]) : made;
  }

  private OptionalInt first(int n) {
    return records.get(n).source(0);
  }

  /** The parameter that an update, or the gradient in it, belongs to; the line itself elsewhere. */
  int owner(int n) {
    return owners[n];
  }

  /** The line that made the tensor which line {@code n} holds, before operations in place. */
  int root(int n) {
    return roots[n];
  }

  static boolean isInPlace(OpRecord record) {
    return record.op().endsWith("_") && !record.op().endsWith("__") && !record.inputs().isEmpty();
  }
}
