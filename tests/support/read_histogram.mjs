// Reads a histogram's Base64 from stdin with hdr-histogram-js, an implementation that is not ours,
// and prints what it says as JSON. The package is found through NODE_PATH:
//   NODE_PATH=/somewhere/node_modules node read_histogram.mjs < histogram.txt
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { decodeFromCompressedBase64 } = createRequire(import.meta.url)("hdr-histogram-js");

// 64: the default of 32 bits per bucket would cut large counts.
const histogram = decodeFromCompressedBase64(readFileSync(0, "utf8").trim(), 64);
const at = (percent) => histogram.getValueAtPercentile(percent);
console.log(JSON.stringify({
  count: histogram.totalCount,
  min: at(0),
  max: histogram.maxValue,
  p50: at(50),
  p90: at(90),
  p99: at(99),
  p999: at(99.9),
}));
