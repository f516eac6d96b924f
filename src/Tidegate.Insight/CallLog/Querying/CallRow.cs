using System.Data.Common;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>The columns of <see cref="CallEntry"/> in a query.</summary>
internal static class CallRow
{
    public const string Columns = """
        id, trace_id, span_id, started_at, duration_us, upstream_first_byte_us, first_byte_us, route, service, version, consumer, key_id, destination, method, host, path,
        client_ip, protocol, kind, status, grpc_status, outcome, failed, request_bytes, response_bytes, error, why, revision, attempts, prompt, other_cost, cache, refused, schema_valid, age_seconds,
        """ + ShadowRow.Columns + ", " + UseRow.Columns;

    public static CallEntry Read(DbDataReader row)
    {
        var at = 0;
        return new(
            row.GetGuid(at++).ToString("N"), row.IsDBNull(at++) ? "" : row.GetGuid(at - 1).ToString("N"), Text(), new(DateTime.SpecifyKind(row.GetDateTime(at++), DateTimeKind.Utc)),
            row.GetInt64(at++), Maybe(), Maybe(), Text(), Text(), Text(), Text(), Text(), Text(), Text(), Text(), Text(),
            Text(), Text(), Text(), row.GetInt16(at++), row.IsDBNull(at++) ? null : row.GetInt16(at - 1), Text(), row.GetBoolean(at++), row.GetInt64(at++), row.GetInt64(at++),
            Text(), Text(), row.GetInt64(at++), row.GetInt16(at++))
        { Prompt = Text(), OtherCost = UseRow.Amount(row, at++), Cache = Text(), Refused = row.GetBoolean(at++), SchemaValid = row.IsDBNull(at++) ? null : row.GetBoolean(at - 1), AgeSeconds = Maybe(), Shadow = ShadowRow.Read(row, at), Use = UseRow.Read(row, at + ShadowRow.Count) };

        string Text() => row.GetString(at++);

        long? Maybe() => row.IsDBNull(at++) ? null : row.GetInt64(at - 1);
    }
}
