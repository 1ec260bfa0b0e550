package torchparity.harness.cli;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Seeds on the command line: {@code 42}, {@code 0..9}, or several of these with commas. */
record Seeds(List<Long> values) {
  private static final int MOST = 10_000;

  /** Reads the option's value. */
  static final class Converter implements ITypeConverter<Seeds> {
    @Override
    public Seeds convert(String text) {
      List<Long> values = Stream.of(text.split(",", -1)).flatMap(Converter::range).toList();
      if (values.stream().distinct().count() != values.size()) {
        throw new TypeConversionException("a seed stands twice in '" + text + "'");
      }
      return new Seeds(values);
    }

    private static Stream<Long> range(String part) {
      if (!part.matches("[0-9]{1,18}(\\.\\.[0-9]{1,18})?")) {
        throw new TypeConversionException(
            "'%s' is no seed; write 42, 0..9 or 1,2,5..7".formatted(part));
      }
      String[] ends = part.split("\\.\\.", -1);
      long first = Long.parseLong(ends[0]);
      long last = Long.parseLong(ends[ends.length - 1]);
      if (last < first || last - first >= MOST) {
        throw new TypeConversionException(
            "'%s' must run upwards and hold at most %d seeds".formatted(part, MOST));
      }
      return LongStream.rangeClosed(first, last).boxed();
    }
  }
}
