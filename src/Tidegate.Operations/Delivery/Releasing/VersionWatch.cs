using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Insight.CallLog;

namespace Tidegate.Operations.Delivery.Releasing;

/// <summary>
/// Looks for versions nobody told of. Which there can be stands in the configuration (the version labels of routes and splits), so the call log is asked only while
/// one of them has not been seen yet; and for services that name theirs in a header. Every node looks at its own calls; the first that sees a version notes it.
/// </summary>
internal sealed partial class VersionWatch(ReleaseStore releases, CallStore calls, IConfigSource config, TimeProvider time, ILogger<VersionWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    // More than the gateway takes from answers in an hour.
    private const int MostVersions = 100;
    private const int MostKnown = 10_000;

    private readonly HashSet<(string Service, string Version)> _known = [];
    private readonly Dictionary<(string Service, string Version), DateTimeOffset> _awaited = [];
    private ConfigDocument? _document;
    private IReadOnlyList<string> _naming = [];
    private DateTimeOffset? _named;

    /// <summary>One look.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        if (config.Current?.Document is { } document && !ReferenceEquals(document, _document)) await AdoptAsync(document, cancel);
        foreach (var ((service, version), since) in _awaited.ToList())
        {
            var filter = CallFilter.Is("service", [service]).And(CallFilter.Is("version", [version])).And(CallFilter.Is("prompt", [""]));
            if ((await calls.ListAsync(new CallQuery { From = since, Filter = filter, Limit = 1 }, cancel)).Items.Count == 0) continue;
            await releases.NoteAsync(service, version, cancel);
            _known.Add((service, version));
            _awaited.Remove((service, version));
        }

        await LookAtHeadersAsync(cancel);
    }

    private async Task LookAtHeadersAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // Upstreams that name ever new ones: what is forgotten here is asked for again.
        if (_known.Count > MostKnown) _known.Clear();
        foreach (var service in _naming)
        {
            // A call is on record when it has ended, under when it began.
            var filter = CallFilter.Is("service", [service]).And(CallFilter.Is("prompt", [""]));
            foreach (var row in await calls.TopAsync(new CallTopQuery { From = (_named ?? now) - Overlap, Filter = filter, By = "version", Limit = MostVersions }, cancel))
                if (row.Key.Length > 0 && _known.Add((service, row.Key))) await NoteAsync(service, row.Key, cancel);
        }

        _named = now;
    }

    private async Task NoteAsync(string service, string version, CancellationToken cancel)
    {
        try
        {
            if (!await releases.IsKnownAsync(service, version, cancel)) await releases.NoteAsync(service, version, cancel);
        }
        catch
        {
            _known.Remove((service, version));
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await releases.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotLooked(logger, error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task AdoptAsync(ConfigDocument document, CancellationToken cancel)
    {
        var labels = VersionLabels.Of(document).ToHashSet();
        foreach (var gone in _awaited.Keys.Where(k => !labels.Contains(k)).ToList()) _awaited.Remove(gone);
        foreach (var label in labels.Where(l => !_known.Contains(l) && !_awaited.ContainsKey(l)))
        {
            if (await releases.IsKnownAsync(label.Service, label.Version, cancel)) _known.Add(label);
            // What was called since a little before the change was noticed belongs to it.
            else _awaited[label] = time.GetUtcNow() - Every;
        }

        _naming = VersionLabels.NamedByAnswers(document);
        _document = document;
    }

    private static partial class Log
    {
        [LoggerMessage(4000, LogLevel.Warning, "Versions in the traffic cannot be looked for: {Reason}")]
        public static partial void NotLooked(ILogger logger, string reason);
    }
}
