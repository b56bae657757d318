# Counts the sample file with Polars and prints the counts as JSON: two lazy groupings of one scan,
# run together by the streaming engine.
import json
import sys

import polars as pl

scan = pl.scan_csv(sys.argv[1], infer_schema=False)
low = [str(point) for point in range(7)]
days = scan.group_by(
    "channel",
    "score",
    pl.col("time").str.to_datetime("%Y-%m-%dT%H:%M:%S%#z", time_zone="UTC").dt.strftime("%Y-%m").alias("month"),
).len()
given = scan.filter(pl.col("score").is_in(low)).group_by("reasons").len()
by_day, by_reasons = pl.collect_all([days, given], engine="streaming")

points = {str(point): point for point in range(11)}
missing, invalid, distribution, by_month, reasons = 0, 0, [0] * 11, {}, {}
for channel, score, month, n in by_day.iter_rows():
    if not score:
        missing += n
    elif score not in points:
        invalid += n
    else:
        point = points[score]
        distribution[point] += n
        groups = by_month.setdefault(channel, {}).setdefault(month, [0, 0, 0])
        groups[0 if point >= 9 else 1 if point >= 7 else 2] += n
for together, n in by_reasons.iter_rows():
    for reason in set((together or "").split(";")) - {""}:
        reasons[reason] = reasons.get(reason, 0) + n
print(json.dumps(dict(missing=missing, invalid=invalid, distribution=distribution, by_month=by_month, reasons=reasons)))
