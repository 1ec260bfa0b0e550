package torchparity.cases;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a port computes matrix products. */
public enum Products {
  /** As its libtorch does, through a BLAS library: each library rounds in its own way. */
  @JsonProperty("blas")
  BLAS,
  /** As {@code (a.unsqueeze(2) * b.unsqueeze(0)).sum(1)}, which rounds the same everywhere. */
  @JsonProperty("exact")
  EXACT
}
