using DuckDB.NET.Data;

namespace Tidegate.Tests.Insight.CallLog.Support;

/// <summary>Files of the call log as earlier versions of its tables made them, word for word, each with one call.</summary>
internal static class OldSegments
{
    private const string Since2 = """
        , provider VARCHAR, model VARCHAR, input_tokens INTEGER, cached_input_tokens INTEGER, cache_write_tokens INTEGER, output_tokens INTEGER, reasoning_tokens INTEGER,
        cost DECIMAL(18, 9), currency VARCHAR, estimated BOOLEAN, first_token_us BIGINT
        """;

    public static void Write(string path, int version)
    {
        var (otherCost, values) = version < 2 ? ("", "") : (", other_cost DECIMAL(18, 9)", ", 'p', 'm', 1, 0, 0, 2, 0, 0.5, 'USD', NULL, 9, 0");
        var (since2, kinds) = version < 2 ? ("", "'sse'") : (Since2, "'sse', 'model'");
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        foreach (var sql in (string[])
        [
            $"ATTACH '{path}' AS old (STORAGE_VERSION 'v1.5.0')",
            $"""
            CREATE TABLE old.calls (id UUID USING COMPRESSION uncompressed, trace_id UUID USING COMPRESSION uncompressed, span_id UBIGINT USING COMPRESSION uncompressed, started_at TIMESTAMP,
            duration_us BIGINT, upstream_first_byte_us BIGINT, first_byte_us BIGINT, route VARCHAR, service VARCHAR, version VARCHAR, consumer VARCHAR, key_id VARCHAR, destination VARCHAR,
            method VARCHAR, host VARCHAR, path VARCHAR, client_ip VARCHAR, protocol ENUM('', 'HTTP/1.0', 'HTTP/1.1', 'HTTP/2', 'HTTP/3', 'other'),
            kind ENUM('', 'http', 'grpc', 'websocket', {kinds}, 'other'), status SMALLINT, grpc_status SMALLINT, outcome ENUM('ok', 'client_error', 'other'), failed BOOLEAN,
            request_bytes BIGINT, response_bytes BIGINT, error VARCHAR, why VARCHAR, revision BIGINT, attempts SMALLINT, attempt_start_us BIGINT, attempt_duration_us BIGINT{since2}{otherCost})
            """,
            $"""
            CREATE TABLE old.attempts (call_id UUID, started_at TIMESTAMP, index SMALLINT, service VARCHAR, destination VARCHAR, start_us BIGINT, duration_us BIGINT, status SMALLINT,
            outcome VARCHAR, kind VARCHAR, error VARCHAR{since2})
            """,
            $"CREATE TABLE old.about AS SELECT {version} AS version",
            $"""
            INSERT INTO old.calls VALUES ('0192f0c4-a0b1-7c3e-8d2f-4b5a6c7d8e9f', NULL, 1, '2026-01-15 11:00:00', 5, NULL, NULL, 'r', 's', NULL, NULL, NULL, 'a1', 'GET', 'h', '/old', '::1',
            'HTTP/1.1', 'sse', 200, NULL, 'ok', false, 0, 0, NULL, NULL, 1, 1, 2, 3{values})
            """,
            "DETACH old",
        ])
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
