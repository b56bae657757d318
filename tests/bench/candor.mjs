/*
 * Candor as a contestant of a side-by-side benchmark of scoring files: the command line, and the
 * console of a running `candor serve`. CANDOR_BIN is the program, CANDOR_ORIGIN where it serves;
 * the one that is not set is left out. Measuring and comparing are the benchmark's.
 */

const { CANDOR_BIN, CANDOR_ORIGIN } = process.env;

/** What `candor score --format json` prints and the console shows, as what every contestant tells. */
const answer = (report) => {
  const distribution = report.distribution.map((point) => point.n);
  const sum = (from, to) => distribution.slice(from, to).reduce((a, b) => a + b, 0);
  const cell = (part) => ({ n: part.n, nps: part.value });
  const channels = (of) => Object.fromEntries(report.segments.map((s) => [s.by.channel, of(s)]));
  const months = (segment) =>
    Object.fromEntries(segment.trend.filter((t) => t.n).map((t) => [t.period, cell(t)]));
  const reasons = report.reasons.filter((row) => row.among === "detractors");
  const [most] = [...reasons].sort((a, b) => b.n - a.n);
  return {
    n: report.n,
    missing: report.missing,
    invalid: report.invalid,
    overall: [sum(9, 11), sum(7, 9), sum(0, 7)],
    distribution,
    by_channel: channels(cell),
    by_channel_month: channels(months),
    reasons: {
      detractors: Math.round(most.n / most.share),
      with_reason: Math.round(most.n / most.share_of_givers),
      counts: Object.fromEntries(reasons.map((row) => [row.reason, row.n])),
    },
  };
};

const command = (file, ...more) => [
  CANDOR_BIN, "score", file, "--metric", "nps", "--column", "score", "--by", "channel",
  "--time", "time", "--period", "month", "--reasons", "reasons", "--separator", ";",
  "--suppress-below", "0", "--format", "json", "--quiet", ...more,
];

const native = [
  { name: "candor-1", kind: "native", label: "candor score, 1 thread", command: (f) => command(f, "--threads", "1"), map: answer },
  { name: "candor", kind: "native", label: "candor score", command: (f) => command(f), map: answer },
];

const browser = [
  {
    name: "candor-console", kind: "browser", label: "the console's worker", upstream: CANDOR_ORIGIN, path: "/console/#preview",
    ready: "[data-part=preview][data-state=ready]", answer: "[data-part=result-json]", map: answer,
  },
];

export default [...(CANDOR_BIN ? native : []), ...(CANDOR_ORIGIN ? browser : [])];
