# Counts the sample file with DuckDB and prints the counts as JSON. The file is scanned once, into
# days by channel and into reasons of detractors; months are made from the few rows that come out.
import datetime
import json
import sys

import duckdb

rows = duckdb.connect().execute(
    """
    with answers as (
        select channel, score, epoch_ms(cast(time as timestamptz)) // 86400000 as day,
               if(try_cast(score as integer) between 0 and 6 and length(score) = 1, coalesce(reasons, ''), null) as given
        from read_csv(?, all_varchar = true, header = true)
    )
    select grouping(day) as is_reason, channel, day, score, given, count(*)
    from answers
    group by grouping sets ((channel, day, score), (given))
    """,
    [sys.argv[1]],
).fetchall()

points = {str(point): point for point in range(11)}
missing, invalid, distribution, by_month, reasons = 0, 0, [0] * 11, {}, {}
for is_reason, channel, day, score, given, n in rows:
    if is_reason:
        for reason in set((given or "").split(";")) - {""}:
            reasons[reason] = reasons.get(reason, 0) + n
    elif not score:
        missing += n
    elif score not in points:
        invalid += n
    else:
        point = points[score]
        distribution[point] += n
        month = (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).strftime("%Y-%m")
        groups = by_month.setdefault(channel, {}).setdefault(month, [0, 0, 0])
        groups[0 if point >= 9 else 1 if point >= 7 else 2] += n
print(json.dumps(dict(missing=missing, invalid=invalid, distribution=distribution, by_month=by_month, reasons=reasons)))
