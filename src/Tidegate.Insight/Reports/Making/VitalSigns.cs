using System.Globalization;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Core.Windows;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports.Making;

/// <summary>
/// The vital signs of a service over a month. Exact counts where an objective keeps them, else the call log for the days that it has; what cannot be known is said so.
/// </summary>
internal sealed class VitalSigns(SeriesHistory history, CallStore calls, IConfigSource config)
{
    private const string Counted = "exact counts";
    private const string Logged = "the call log";

    private static readonly CallFilter Answered = CallFilter.Parse("outcome = ok or failed = true");

    /// <summary>Makes them.</summary>
    public async Task<IReadOnlyList<VitalSign>> MakeAsync(ReportQuestion question, IReadOnlyList<ReportedIncident> incidents, CancellationToken cancel)
    {
        var counted = await history.StretchesAsync(GatewaySeries.Availability(question.Service), question.From, question.Until, cancel);
        var (log, reason) = await LogAsync(question, cancel);
        return
        [
            Availability(counted, log, reason),
            ErrorRate(log, reason),
            await LatencyAsync(question, log, reason, cancel),
            Throughput(counted, log, reason, question),
            .. IncidentSigns.Of(incidents, question.From, question.Until),
            await UtilisationAsync(question, log, reason, cancel),
        ];
    }

    private static VitalSign Availability(IReadOnlyList<SeriesStretch> counted, LogFigures? log, string reason)
    {
        var seen = counted.Aggregate(Tally.None, (sum, s) => sum + s.Events);
        var (isCounted, known) = (!seen.IsEmpty, seen.IsEmpty && log is not null ? new Tally(log.Failed, log.Answered) : seen);
        return new VitalSign
        {
            Name = "availability", DisplayName = "Availability", Unit = "ratio", Definition = "Calls that were answered, of those that were answered or failed for the service's fault. What callers did wrong, limits refused or callers gave up does not count; times that are excluded do.",
            Values = known.ErrorRatio is { } bad ? One("ratio", 1 - bad) : [], Sample = known.Total, Source = known.IsEmpty ? "" : isCounted ? Counted : Logged,
            Reason = known.IsEmpty ? NoCalls(reason) : isCounted ? "" : Partly(log!),
        };
    }

    private static VitalSign ErrorRate(LogFigures? log, string reason) => new()
    {
        Name = "error_rate", DisplayName = "Error rate", Unit = "ratio", Definition = "Calls that failed for the service's fault, of all calls, those that were wrong or refused included.",
        Values = log is null ? [] : One("ratio", (double)log.Failed / log.All), Sample = log?.All ?? 0, Source = log is null ? "" : Logged, Reason = log is null ? NoCalls(reason) : Partly(log),
    };

    private async Task<VitalSign> LatencyAsync(ReportQuestion question, LogFigures? log, string reason, CancellationToken cancel)
    {
        LatencyHistogram? histogram = null;
        foreach (var series in (await history.NamesAsync(GatewaySeries.Latency, cancel)).Where(s => GatewaySeries.HasDurationsOf(s, question.Service)))
            if ((histogram = await history.DurationsAsync(series, question.From, question.Until, cancel)) is not null) break;
        var (merged, numbers) = (DurationFigures.Of(histogram), log?.Numbers);
        return new VitalSign
        {
            Name = "latency", DisplayName = "Latency", Unit = "seconds", Definition = "How long calls took to their last byte; of streams, to their first. Percentiles of single calls, from merged histograms (off by 0.8 % at most) or from the calls on record; never averages of percentiles.",
            Values = merged is not null ? Percentiles(merged.P50, merged.P90, merged.P95, merged.P99) : numbers?.P50Us is { } p50 ? Percentiles(p50, numbers.P90Us!.Value, numbers.P95Us!.Value, numbers.P99Us!.Value) : [],
            Sample = merged?.Count ?? numbers?.Count ?? 0, Source = merged is not null ? "merged histograms of answered calls" : log is null ? "" : Logged,
            Reason = merged is not null ? "" : log is null ? NoCalls(reason) : $"{Partly(log)} An objective of latency keeps histograms for the whole month.",
        };
    }

    private static VitalSign Throughput(IReadOnlyList<SeriesStretch> counted, LogFigures? log, string reason, ReportQuestion question)
    {
        var total = counted.Sum(s => s.Events.Total);
        var isCounted = total > 0;
        var seconds = isCounted ? (question.Until - question.From).TotalSeconds : (log?.Time ?? TimeSpan.Zero).TotalSeconds;
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (isCounted || log is not null)
        {
            values["mean"] = (isCounted ? total : log!.All) / Math.Max(1, seconds);
            values["peak"] = isCounted ? counted.Max(s => s.Events.Total / s.Step.TotalSeconds) : log!.PeakPerSecond;
        }

        return new VitalSign
        {
            Name = "throughput", DisplayName = "Throughput", Unit = "calls_per_second",
            Definition = isCounted ? "Calls that were answered or failed, per second of the month; the peak is that of the busiest minute (of older times: of five minutes, or of an hour)." : "Calls per second of the time on record; the peak is that of the busiest hour.",
            Values = values, Sample = isCounted ? total : log?.All ?? 0, Source = isCounted ? Counted : log is null ? "" : Logged, Reason = isCounted ? "" : log is null ? NoCalls(reason) : Partly(log),
        };
    }

    // What a service could take is what its bulkhead says; calls in flight on the average are their durations per second (Little's law).
    private async Task<VitalSign> UtilisationAsync(ReportQuestion question, LogFigures? log, string reason, CancellationToken cancel)
    {
        var sign = new VitalSign
        {
            Name = "utilisation",
            DisplayName = "Utilisation",
            Unit = "ratio",
            Definition = "Calls in flight at the service through this node, of those that its bulkhead allows: the durations of its calls, per second. The peak is that of the busiest hour, by when calls began.",
        };
        if (question.Service is null) return sign with { Reason = "Not known of all services together. Ask for one." };
        if (config.Current?.Document.Find($"Service/{question.Service}") is not Resource<ServiceConfig> { Spec.Resilience.Bulkhead.MaxConcurrent: var most })
            return sign with { Reason = "Not known: the service has no resilience.bulkhead, and nothing else says what it can take." };
        if (log is null) return sign with { Reason = NoCalls(reason) };
        try
        {
            var hours = await calls.SeriesAsync(new CallSeriesQuery { From = question.From, Until = question.Until, Step = TimeSpan.FromHours(1), Filter = CallFilter.Is("service", [question.Service]) }, cancel);
            var peak = hours.Lines.SelectMany(l => l.Points).Max(p => p.Numbers.TotalUs / 1e6 / Seconds(p.At, question));
            return sign with
            {
                Values = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["mean"] = log.Numbers.TotalUs / 1e6 / Math.Max(1, log.Time.TotalSeconds) / most, ["peak"] = peak / most },
                Sample = log.All,
                Source = Logged,
                Reason = Partly(log),
            };
        }
        catch (Exception error) when (error is CallLogUnavailableException or QueryLimitException)
        {
            return sign with { Reason = $"The call log could not be asked: {error.Message}" };
        }
    }

    private async Task<(LogFigures? Figures, string Reason)> LogAsync(ReportQuestion question, CancellationToken cancel)
    {
        try
        {
            var all = question.Service is { } service ? CallFilter.Is("service", [service]) : CallFilter.All;
            var counts = await calls.CountAsync(new CallCountQuery { From = question.From, Until = question.Until, All = all, Bad = CallFilter.Parse("failed = true"), Step = TimeSpan.FromHours(1) }, cancel);
            if (counts.Count == 0) return (null, "");
            var answered = await calls.CountAsync(new CallCountQuery { From = question.From, Until = question.Until, All = all.And(Answered), Bad = CallFilter.Parse("failed = true") }, cancel);
            var numbers = await calls.NumbersAsync(question.From, question.Until, all, cancel);
            var first = counts[0].At > question.From ? counts[0].At : question.From;
            return (new LogFigures(counts.Sum(c => c.All), counts.Sum(c => c.Bad), answered.Sum(c => c.All), counts.Max(c => PerSecond(c, question)), first, question.Until, numbers), "");
        }
        catch (Exception error) when (error is CallLogUnavailableException or QueryLimitException)
        {
            return (null, $"The call log could not be asked: {error.Message}");
        }
    }

    /// <summary>Calls per second of an hour, or of the part of it that is asked for: the hour that runs has not had an hour for its calls.</summary>
    internal static double PerSecond(CallCount hour, ReportQuestion question) => hour.All / Seconds(hour.At, question);

    private static double Seconds(DateTimeOffset hour, ReportQuestion question)
    {
        var from = hour > question.From ? hour : question.From;
        var until = hour + TimeSpan.FromHours(1) < question.Until ? hour + TimeSpan.FromHours(1) : question.Until;
        return Math.Max(1, (until - from).TotalSeconds);
    }

    private static string NoCalls(string reason) => reason.Length > 0 ? reason : "No calls of the month are known.";

    private static string Partly(LogFigures log) => string.Create(CultureInfo.InvariantCulture, $"Of the {(log.Time.TotalDays >= 1.05 ? $"{log.Time.TotalDays:0.#} days" : Math.Ceiling(log.Time.TotalHours) is var hours and > 1 ? $"{hours:0} hours" : "hour")} since {log.First.UtcDateTime:yyyy-MM-dd HH:mm}Z that the call log has of the month; it may have dropped calls.");

    private static SortedDictionary<string, double> One(string name, double value) => new(StringComparer.Ordinal) { [name] = value };

    private static SortedDictionary<string, double> Percentiles(long p50, long p90, long p95, long p99) => new(StringComparer.Ordinal) { ["p50"] = p50 / 1e6, ["p90"] = p90 / 1e6, ["p95"] = p95 / 1e6, ["p99"] = p99 / 1e6 };

    private sealed record LogFigures(long All, long Failed, long Answered, double PeakPerSecond, DateTimeOffset First, DateTimeOffset Until, CallNumbers Numbers)
    {
        public TimeSpan Time => Until - First;
    }
}
