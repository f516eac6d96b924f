using System.Globalization;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Series;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>
/// One series of a server: what was asked, what is asked next, and what is the matter. First the longest window of the alerts, said at once, so that no alert
/// judges half of it; from then on each minute when it is over, with the minutes before anew; in between its past, the newest first. Used by one at a time, but
/// for the two texts.
/// </summary>
internal sealed class PrometheusFeed(PrometheusIndicator indicator)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Samples come late: of scrapes that take their time, of servers that get theirs from others.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    /// <summary>Some come very late, or out of order: once an hour it is looked further back. Less than the hub remembers.</summary>
    private static readonly TimeSpan VeryLate = SeriesBook.Remembered - TimeSpan.FromHours(2);

    /// <summary>A minute is asked for within ten seconds after it; a round of a server with many queries may take a minute or two.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(3);

    /// <summary>Points of one question. Servers refuse more than 11,000.</summary>
    private const int MostPoints = 8_640;

    private TimeSpan _most = Day;
    private DateTimeOffset? _lookedBack;
    private volatile string? _trouble = "It was not asked yet.";
    private volatile string? _reading;
    private DateTimeOffset _pastNotBefore = DateTimeOffset.MinValue;

    /// <summary>What is asked; another one of the same series when only its server is reached otherwise.</summary>
    public PrometheusIndicator Indicator { get; set; } = indicator;

    /// <summary>How far back it is wanted.</summary>
    public TimeSpan History { get; set; }

    /// <summary>What is said at once at first.</summary>
    public TimeSpan AlertWindow { get; set; }

    /// <summary>From when to when it was asked; null before the first time.</summary>
    public SeriesCoverage? Coverage { get; private set; }

    /// <summary>True once it is known what is on disk.</summary>
    public bool IsRecalled { get; private set; }

    /// <summary>Before that nothing is asked.</summary>
    public DateTimeOffset NotBefore { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Why it gets nothing; null while it is well.</summary>
    public string? Trouble => _trouble;

    /// <summary>What of its past is not there yet; null when all is.</summary>
    public string? Reading => _reading;

    /// <summary>What is on disk of it, from when it was asked before.</summary>
    public async Task RecallAsync(SeriesStore store, SeriesHub hub, CancellationToken cancel)
    {
        var coverage = await store.CoverageAsync(Indicator.Series, cancel);
        if (coverage is not null) hub.Recall(Indicator.Series, await store.SaidAsync(Indicator.Series, At(coverage.Until) - VeryLate, cancel));
        (Coverage, IsRecalled) = (coverage, true);
    }

    /// <summary>Somebody else asks now: what is on disk must be looked at again before the next time.</summary>
    public void Forget() => (IsRecalled, Coverage, _trouble, _reading) = (false, null, "Another node judges objectives, and asks.", null);

    /// <summary>Takes down what is the matter, and when to ask again.</summary>
    public void Fail(string reason, DateTimeOffset notBefore) => (_trouble, NotBefore) = (reason, notBefore);

    /// <summary>Takes down why its past is not brought, and when to ask again.</summary>
    public void FailPast(string reason, DateTimeOffset now, DateTimeOffset notBefore)
    {
        Progress(now);
        (_reading, _pastNotBefore) = ($"{_reading} {reason}", notBefore);
    }

    /// <summary>True when a minute is over that was not asked for.</summary>
    public bool IsDue(DateTimeOffset now) => now >= NotBefore && (Coverage is null || MinuteOf(Floor(now)) > Coverage.Until);

    /// <summary>True when what it is asked for next is more than the last minutes.</summary>
    public bool BringsMuch(DateTimeOffset now) => Coverage is not { } coverage || now - At(coverage.Until) > TimeSpan.FromHours(1);

    /// <summary>Its server has not come to it for minutes, though nothing is the matter with it: silence is not good.</summary>
    public void TellLate(DateTimeOffset now)
    {
        if (_trouble is not null || Coverage is not { } coverage || now - At(coverage.Until) <= Overdue + Indicator.Stretch) return;
        _trouble = $"{Indicator.Part.Server.Text} answers too slowly to be asked every minute: it was last asked for what came until {At(coverage.Until):u}.";
    }

    /// <summary>Asks for what is new, and for the last minutes anew.</summary>
    /// <returns>Why minutes were left out that the server has points for; null when none was.</returns>
    public async Task<string?> LookAsync(Func<PrometheusQuery, PrometheusServer> servers, SeriesHub hub, DateTimeOffset now, CancellationToken cancel)
    {
        var edge = Floor(now);
        var (from, until, lookedBack) = Next(edge, now);
        var minutes = new List<(DateTimeOffset, Tally)>();
        string? refused = null;
        for (var start = from; start < until;)
        {
            var end = Earlier(start + Chunk, until);
            var part = await AskAsync(servers, start, end, cancel);
            minutes.AddRange(part.Minutes);
            refused = Words(part) ?? refused;
            start = end;
        }

        Coverage = Coverage is { } before ? before with { Until = Math.Max(before.Until, MinuteOf(until)) } : new(Indicator.Series, MinuteOf(from), MinuteOf(until));
        hub.Say(minutes, Coverage);
        if (lookedBack) _lookedBack = now;
        _trouble = until < edge ? $"It is behind: what came until {until:u} is there." : TroubleOf(minutes, refused, edge);
        Progress(now);
        return refused;
    }

    /// <summary>True when there is more of its past to be brought, and what was brought last is on disk.</summary>
    public bool HasPast(SeriesHub hub, DateTimeOffset now) => now >= _pastNotBefore && _trouble is null && Coverage is { } coverage && At(coverage.From) > Wanted(now) && !hub.IsWaiting(Indicator.Series);

    /// <summary>Brings the next part of its past.</summary>
    /// <returns>Why minutes were left out that the server has points for; null when none was.</returns>
    public async Task<string?> LookBackAsync(Func<PrometheusQuery, PrometheusServer> servers, SeriesHub hub, DateTimeOffset now, CancellationToken cancel)
    {
        var until = At(Coverage!.From);
        var from = Later(until - Chunk, Wanted(now));
        var part = await AskAsync(servers, from, until, cancel);
        Coverage = Coverage with { From = MinuteOf(from) };
        hub.Say(part.Minutes, Coverage);
        Progress(now);
        return Words(part);
    }

    /// <summary>It was too much at once: from now on half of it. False when it cannot be less.</summary>
    public bool Shrink()
    {
        if (_most <= TimeSpan.FromHours(1)) return false;
        _most /= 2;
        return true;
    }

    private TimeSpan Chunk => Floor(Shorter(_most, MostPoints * Indicator.Step));

    private (DateTimeOffset From, DateTimeOffset Until, bool LookedBack) Next(DateTimeOffset edge, DateTimeOffset now)
    {
        if (Coverage is not { } coverage) return (Floor(edge - AlertWindow), edge, true);
        var known = At(coverage.Until);
        var back = _lookedBack is { } last && now - last < TimeSpan.FromHours(1) ? Late : VeryLate;
        // What the hub does not remember is not asked for again: it would count twice.
        if (now - known > SeriesBook.Remembered - VeryLate) back = TimeSpan.Zero;
        return (Floor(Later(known - back, At(coverage.From))), Earlier(edge, Floor(known + Day)), back == VeryLate);
    }

    private async Task<PrometheusMinutes> AskAsync(Func<PrometheusQuery, PrometheusServer> servers, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var points = (int)((until - from) / Indicator.Step);
        if (Indicator.Total is not { } all) return PrometheusMinutes.Of(Indicator, from, await AskAsync(servers, Indicator.Part, from, points, cancel), null, points);
        var total = AskAsync(servers, all, from, points, cancel);
        // One server gets one question of an indicator after the other; two need not wait for each other.
        if (all.Server.Key == Indicator.Part.Server.Key) await total;
        var part = AskAsync(servers, Indicator.Part, from, points, cancel);
        await Task.WhenAll(total, part);
        return PrometheusMinutes.Of(Indicator, from, await part, await total, points);
    }

    private async Task<IReadOnlyList<double?[]>> AskAsync(Func<PrometheusQuery, PrometheusServer> servers, PrometheusQuery query, DateTimeOffset from, int points, CancellationToken cancel) => query.Form == QueryForm.Growth
        ? await servers(query).AskAsync(query, from, Indicator.Step, points + 1, cancel)
        : await servers(query).AskAsync(query, from + Indicator.Step, Indicator.Step, points, cancel);

    // Silence is not good: a source that has no recent minute is in trouble, and so is one whose newest minute cannot be true.
    private string? TroubleOf(List<(DateTimeOffset Minute, Tally Events)> minutes, string? refused, DateTimeOffset edge)
    {
        var newest = minutes.Count == 0 ? DateTimeOffset.MinValue : minutes[^1].Minute;
        if (newest >= edge - Minute) return null;
        if (refused is not null) return refused;
        var quiet = Late > 2 * Indicator.Stretch ? Late : 2 * Indicator.Stretch;
        if (newest >= edge - quiet) return null;
        var query = Indicator.Total ?? Indicator.Part;
        return $"{query.Server.Text} has had no value for {quiet.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutes of: {query.Expression}";
    }

    private string? Words(PrometheusMinutes part) => part.Refused is not { } refused ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{Indicator.Part.Server.Text}: {part.RefusedCount} {(part.RefusedCount == 1 ? "minute does" : "minutes do")} not count, the last at {refused.Minute:u}, because {refused.Reason}: {Indicator.Text}");

    private void Progress(DateTimeOffset now) => _reading = Coverage is { } coverage && At(coverage.From) > Wanted(now)
        ? $"Its past is being read: it is there since {At(coverage.From):u}, and wanted since {Wanted(now):u}."
        : null;

    private DateTimeOffset Wanted(DateTimeOffset now) => Floor(now - History);

    // Points stand on the borders of steps and minutes, wherever an hour begins.
    private DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Indicator.Stretch.Ticks), TimeSpan.Zero);

    private TimeSpan Floor(TimeSpan time) => new(time.Ticks - (time.Ticks % Indicator.Stretch.Ticks));

    private static long MinuteOf(DateTimeOffset time) => SeriesBook.MinuteOf(time);

    private static DateTimeOffset At(long minute) => DateTimeOffset.FromUnixTimeSeconds(minute * 60);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
