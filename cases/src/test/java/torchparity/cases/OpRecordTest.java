package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpRecordTest {
  private static OpRecord at(@Nullable String file, @Nullable Integer line) {
    return new OpRecord(
        "neg", List.of(), Map.of(), false, false, null, null, null, null, file, line, null);
  }

  @Test
  void tellsWhatIsKnownOfItsPlace() {
    assertThat(at("blobs.py", 12).place()).isEqualTo("blobs.py:12");
    assertThat(at("blobs.py", null).place()).isEqualTo("blobs.py");
    assertThat(at(null, 12).place()).isEmpty();
  }

  @Test
  void isMarkedWhereAReplayDoesNotKnowTheOperation() {
    OpRecord known = OpRecord.of("sum", List.of(), Map.of("keepdim", BooleanNode.TRUE));

    assertThat(known.isOpaque()).isFalse();
    assertThat(known.opaque().isOpaque()).isTrue();
    assertThat(known.opaque().attributes()).containsEntry("keepdim", BooleanNode.TRUE);
  }
}
