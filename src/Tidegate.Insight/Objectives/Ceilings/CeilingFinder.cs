using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Insight.CallLog;

namespace Tidegate.Insight.Objectives.Ceilings;

/// <summary>
/// Finds what a service needs. Declared: its hard dependencies. Observed: calls to other services that began while its own lasted, in the same trace, which a service makes that calls others through
/// the gateway and passes <c>traceparent</c> on; and calls of a consumer that has its name. What it needs only through another one that it needs is left out: that one's promise has it already.
/// </summary>
internal sealed class CeilingFinder(IConfigSource config, CallStore calls, TimeProvider time)
{
    private const int MostLooked = 10;

    // A call now and then is somebody trying something.
    private const double LeastShare = 0.01;
    // Each question scans what it looks at: a day has seen what a service calls.
    private static readonly TimeSpan Past = TimeSpan.FromDays(1);

    public async Task<ObjectiveCeiling> FindAsync(string service, CancellationToken cancel)
    {
        var document = config.Current?.Document ?? ConfigDocument.Empty;
        var declared = ServicePromises.HardOf(service, document).Select(d => Part(d, 1, "declared", document)).ToList();
        var (observed, reason) = (new List<CeilingPart>(), "");
        try
        {
            observed = await ObserveAsync(service, document, cancel);
            if (observed.Count == 0) reason = $"No dependency was seen in the traffic of the last day: no trace has calls to others while calls to {service} lasted, and no consumer of that name calls anybody. What does not pass through the gateway with its traceparent cannot be seen.";
        }
        catch (Exception error) when (error is CallLogUnavailableException or QueryLimitException)
        {
            reason = $"The call log could not be asked: {error.Message}";
        }

        return new ObjectiveCeiling { Service = service, Declared = declared, DeclaredCeiling = CeilingOf(declared), Observed = observed, ObservedCeiling = CeilingOf(observed), Reason = reason };
    }

    /// <summary>Product of what each leaves: all but what it may fail, as often as it is needed.</summary>
    internal static double? CeilingOf(IEnumerable<CeilingPart> parts) =>
        parts.Where(p => p.Target is not null).Select(p => 1 - (p.Share * (1 - p.Target!.Value))).Aggregate((double?)null, (product, left) => (product ?? 1) * left);

    private async Task<List<CeilingPart>> ObserveAsync(string service, ConfigDocument document, CancellationToken cancel)
    {
        var (until, found) = (time.GetUtcNow(), new Dictionary<string, CeilingPart>(StringComparer.Ordinal));
        var from = until - Past;
        foreach (var (name, share) in await NestedAsync(service, from, until, cancel)) found[name] = Part(name, share, "trace", document);
        // What is needed only through another one is that one's business; two that call each other both stay.
        var behind = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var name in found.Keys.Take(MostLooked)) behind[name] = [.. (await NestedAsync(name, from, until, cancel)).Select(n => n.Service)];
        foreach (var (name, others) in behind)
            foreach (var other in others.Where(o => !(behind.TryGetValue(o, out var back) && back.Contains(name)))) found.Remove(other);
        var bad = CallFilter.Parse("failed = true");
        var own = await calls.CountAsync(new CallCountQuery { From = from, Until = until, All = CallFilter.Is("service", [service]), Bad = bad }, cancel);
        var all = own.Sum(c => c.All);
        foreach (var count in await calls.CountAsync(new CallCountQuery { From = from, Until = until, All = CallFilter.Is("consumer", [service]), Bad = bad, By = "service" }, cancel))
        {
            // Without calls of its own seen, each of its callers' calls may need it.
            var share = all == 0 ? 1 : Math.Min(1, (double)count.All / all);
            if (count.Key.Length > 0 && count.Key != service && share >= LeastShare && !found.ContainsKey(count.Key)) found[count.Key] = Part(count.Key, share, "consumer", document);
        }

        return [.. found.Values.OrderByDescending(p => p.Share).ThenBy(p => p.Service, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<(string Service, double Share)>> NestedAsync(string service, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var (sample, nested) = await calls.NestedAsync(service, from, until, cancel);
        return [.. nested.Select(n => (n.Service, (double)n.Calls / sample)).Where(n => n.Item2 >= LeastShare)];
    }

    private static CeilingPart Part(string service, double share, string from, ConfigDocument document) => new(service, (double?)ServicePromises.BestOf(service, document), share, from);
}
