import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import torchparity.cases.Dtype;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.OnePass;
import torchparity.harness.comparison.Statistics;

/** For each line that it reads: maps two safetensors files of one float32 tensor, compares, and prints the seconds. */
final class ComparisonSeconds {
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Allowance allowance =
        new Allowance.ByHand(
            Double.parseDouble(arguments[1]), Double.parseDouble(arguments[2]), "a benchmark");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    while (lines.readLine() != null) {
      ByteBuffer expected = mapped(folder.resolve("expected.safetensors"));
      ByteBuffer actual = mapped(folder.resolve("actual.safetensors"));
      long start = System.nanoTime();
      Statistics said = OnePass.compare(Dtype.FLOAT32, expected, actual, allowance);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (said.mismatched() > 0) {
        throw new IllegalStateException(said.toString());
      }
      System.out.println(seconds);
    }
  }

  private static ByteBuffer mapped(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(length, 0);
      long header = 8 + length.getLong(0);
      return channel.map(FileChannel.MapMode.READ_ONLY, header, channel.size() - header);
    }
  }
}
