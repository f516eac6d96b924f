using Microsoft.Extensions.Logging.Console;
using Tidegate.Insight.Telemetry;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting;

/// <summary>Logs of the node: standard error, a line per event, UTC.</summary>
internal static class NodeLogging
{
    /// <summary>Adds the console as text or JSON lines.</summary>
    public static void AddNodeLogging(this ILoggingBuilder logging, ProcessOptions options)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Yarp", LogLevel.Warning);
        // Handlers of ours have turned it into an answer or a log line by then.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        // Start failures are told to the person who started it, by the verb.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (options.LogJson) logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>().AddConsole(console => console.FormatterName = JsonLogFormatter.FormatterName);
        else logging.AddSimpleConsole(text => (text.UseUtcTimestamp, text.TimestampFormat, text.SingleLine) = (true, "HH:mm:ss.fff ", true));
        // Standard output belongs to answers and announcements.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
