using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Tidegate.Insight.Telemetry;

/// <summary>
/// A log event as one line of JSON: <c>time</c> (UTC), <c>level</c>, <c>event</c>, <c>name</c>, <c>category</c>, <c>message</c>, <c>trace</c> and <c>span</c> when there are,
/// <c>properties</c>, <c>exception</c>. The built-in formatter has no name of the event and no trace.
/// </summary>
public sealed class JsonLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>Name to register it by.</summary>
    public const string FormatterName = "tidegate-json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", Word(logEntry.LogLevel));
            if (logEntry.EventId.Id != 0) json.WriteNumber("event", logEntry.EventId.Id);
            if (logEntry.EventId.Name is { } name) json.WriteString("name", name);
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
            {
                json.WriteString("trace", span.TraceId.ToHexString());
                json.WriteString("span", span.SpanId.ToHexString());
            }
            WriteProperties(json, logEntry.State);
            if (logEntry.Exception is { } exception) json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private static void WriteProperties<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } properties) return;
        var begun = false;
        foreach (var (key, value) in properties)
        {
            if (key == "{OriginalFormat}") continue;
            if (!begun) json.WriteStartObject("properties");
            begun = true;
            json.WritePropertyName(key);
            WriteValue(json, value);
        }
        if (begun) json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int or long or short or byte or uint or ushort: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
