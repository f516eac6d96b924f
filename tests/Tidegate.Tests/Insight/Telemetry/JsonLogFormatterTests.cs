using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Telemetry;

namespace Tidegate.Tests.Insight.Telemetry;

public sealed partial class JsonLogFormatterTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly ILogger _logger;

    public JsonLogFormatterTests() => _logger = new Lines(new JsonLogFormatter(new FakeTimeProvider(new(2026, 1, 15, 13, 0, 0, 123, TimeSpan.FromHours(1)))), _out);

    public void Dispose() => _out.Dispose();

    [Fact]
    public void Write_Event_IsOneLineWithEverything()
    {
        using var span = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        Log.Failed(_logger, "line 1\nline 2 \"quoted\"", 7, 0.5, true, null, new InvalidOperationException("why\nnot"));

        var line = Assert.Single(_out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var json = JsonNode.Parse(line)!;
        Assert.Equal(
            ["2026-01-15T12:00:00.123000Z", "warning", "3999", "Failed", "Test.Category", "It failed: line 1\nline 2 \"quoted\" 7 0.5 True (null)", span.TraceId.ToHexString(), span.SpanId.ToHexString()],
            new[] { "time", "level", "event", "name", "category", "message", "trace", "span" }.Select(k => json[k]!.ToString()));
        Assert.Equal("""{"What":"line 1\nline 2 \"quoted\"","Times":7,"Share":0.5,"Flag":true,"Nothing":null}""", json["properties"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.StartsWith("System.InvalidOperationException: why", json["exception"]!.ToString());
    }

    [Fact]
    public void Write_PlainText_HasNoEmptyParts()
    {
        _logger.LogInformation("plain");

        var json = JsonNode.Parse(_out.ToString())!.AsObject();
        Assert.Equal(["time", "level", "category", "message"], json.Select(p => p.Key));
    }

    private sealed class Lines(ConsoleFormatter formatter, TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
            formatter.Write(new LogEntry<TState>(logLevel, "Test.Category", eventId, state, exception, format), null, output);
    }

    private static partial class Log
    {
        [LoggerMessage(3999, LogLevel.Warning, "It failed: {What} {Times} {Share} {Flag} {Nothing}")]
        public static partial void Failed(ILogger logger, string what, int times, double share, bool flag, string? nothing, Exception error);
    }
}
