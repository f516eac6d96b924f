using System.Data.Common;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Sql;

/// <summary>
/// The body of the worker process, in this order: read the question; give up rights; attach the segments read-only; close the engine to all other files
/// and to changes of its settings; let the gate look at the query; run it in a transaction that cannot write; answer line by line.
/// </summary>
internal static class SqlWorker
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static Timer? _alarm; // held, or it would be collected

    public static int Run(Stream input, Stream output)
    {
        using var reader = new StreamReader(input);
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 64 << 10);
        var request = JsonSerializer.Deserialize<SqlWorkerRequest>(reader.ReadLine() ?? "null", Json);
        if (request is null) return 2;
        EndWith(reader, request);
        ProcessLimits.Apply(request.MemoryBytes);
        Write(writer, Answer(request, line => Write(writer, line)));
        return 0;
    }

    private static SqlWorkerLine Answer(SqlWorkerRequest request, Action<SqlWorkerLine> write)
    {
        try
        {
            using var connection = Open(request);
            SqlGate.Check(request.Query, Tree(connection, request.Query));
            using var command = connection.CreateCommand();
            command.CommandText = request.Query;
            command.UseStreamingMode = true;
            using var rows = command.ExecuteReader();
            write(new(Columns: [.. Enumerable.Range(0, rows.FieldCount).Select(i => new SqlColumn(rows.GetName(i), SqlTypes.Name(rows.GetDataTypeName(i))))]));
            return Rows(rows, request, write);
        }
        catch (SqlRefusedException refused)
        {
            return new(Refused: refused.Message, Action: refused.Action);
        }
        catch (DuckDBException memory) when (memory.ErrorType == DuckDBErrorType.OutOfMemory || memory.Message.Contains("bad_alloc", StringComparison.Ordinal))
        {
            return new(OutOfMemory: true);
        }
        catch (OutOfMemoryException)
        {
            return new(OutOfMemory: true);
        }
        catch (DuckDBException failure) when (IsOurs(failure, request))
        {
            return new(Failed: failure.Message);
        }
        catch (DuckDBException wrong)
        {
            return new(Refused: wrong.Message, Action: "'describe calls' lists the columns.");
        }
        catch (JsonException)
        {
            return new(Refused: "A value of the answer is nested too deeply.", Action: "Take it apart in the query: unnest(), or one column for each part.");
        }
    }

    // What the query cannot help: the disk, the engine, and whatever is wrong in statements that we wrote, which are those that name segments.
    private static bool IsOurs(DuckDBException failure, SqlWorkerRequest request) =>
        failure.ErrorType is DuckDBErrorType.Io or DuckDBErrorType.Internal or DuckDBErrorType.Fatal
        || request.Segments.Keys.Any(name => failure.Message.Contains(name, StringComparison.Ordinal) && !request.Query.Contains(name, StringComparison.Ordinal));

    private static SqlWorkerLine Rows(DbDataReader rows, SqlWorkerRequest request, Action<SqlWorkerLine> write)
    {
        long bytes = 0;
        for (var count = 0; rows.Read(); count++)
        {
            if (count == request.MaxRows || bytes > request.MaxBytes) return new(Truncated: true);
            var row = SqlValues.Row(rows);
            bytes += row.ToJsonString(Json).Length;
            write(new(Row: row));
        }
        return new(Truncated: false);
    }

    private static DuckDBConnection Open(SqlWorkerRequest request)
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Engine.Run(connection, $"SET memory_limit = '{request.MemoryBytes}B'; SET threads = {Math.Clamp(Environment.ProcessorCount, 1, 4)}; SET TimeZone = 'UTC'");
        foreach (var (alias, path) in request.Segments) Engine.Run(connection, $"ATTACH {Engine.Quoted(path)} AS {alias} (READ_ONLY)");
        Engine.Run(connection, SegmentSchema.Views([.. request.Segments.Keys.Select(alias => (alias, SegmentFacts.VersionOf(connection, alias)))], none: false));
        Engine.Run(connection, Engine.NothingOutside);
        Engine.Run(connection, "BEGIN TRANSACTION READ ONLY");
        return connection;
    }

    private static JsonElement Tree(DuckDBConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql($1::VARCHAR)";
        command.Parameters.Add(new DuckDBParameter(query));
        var tree = (string)command.ExecuteScalar()!;
        try
        {
            return JsonDocument.Parse(tree, new JsonDocumentOptions { MaxDepth = 500 }).RootElement;
        }
        catch (JsonException)
        {
            throw IsJson(tree)
                ? new SqlRefusedException("The query is nested too deeply.", "Name its parts with WITH.")
                : new SqlRefusedException("A number in the query is too large: a DOUBLE ends at 1.8e308.", "For infinity write 'infinity'::DOUBLE.");
        }
    }

    // DuckDB writes an infinite constant into its tree as a bare word, which no JSON has.
    private static bool IsJson(string tree)
    {
        try
        {
            using var document = JsonDocument.Parse(tree, new JsonDocumentOptions { MaxDepth = int.MaxValue });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The parent holds our input open as long as it lives and wants the answer.
    private static void EndWith(StreamReader parent, SqlWorkerRequest request)
    {
        new Thread(() =>
        {
            while (parent.Read() >= 0)
            {
                // Nothing more is said.
            }
            Environment.Exit(3);
        })
        { IsBackground = true }.Start();
        _alarm = new Timer(static _ => Environment.Exit(4), null, request.LimitMs + 5_000, Timeout.Infinite);
    }

    private static void Write(StreamWriter writer, SqlWorkerLine line)
    {
        writer.WriteLine(JsonSerializer.Serialize(line, Json));
        if (line.Row is null) writer.Flush();
    }
}
