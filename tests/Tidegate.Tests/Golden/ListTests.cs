using System.Reflection;
using Microsoft.Extensions.Logging;
using Tidegate.Core.Calls;
using Tidegate.Tests.Architecture;

namespace Tidegate.Tests.Golden;

/// <summary>Words that others rely on: permissions in tokens, event ids in log queries, metric names in dashboards.</summary>
public sealed class ListTests
{
    private static readonly IReadOnlyList<Assembly> Assemblies = [.. Product.Planes.Keys.Select(Assembly.Load)];

    [Fact]
    public void Permissions_AreAsListed()
    {
        var permissions = Modules.All.SelectMany(module => module.Permissions).OrderBy(permission => permission.Name, StringComparer.Ordinal).ToList();

        Assert.NotEmpty(permissions);
        Assert.Equal(permissions.Count, permissions.DistinctBy(permission => permission.Name).Count());
        GoldenFile.Check("permissions.txt", Lines(permissions.Select(permission => $"{permission.Name}  {permission.Least.ToString().ToLowerInvariant()}  {permission.Description}")));
    }

    [Fact]
    public void EventIds_AreUniqueAndAsListed()
    {
        var events = Events().OrderBy(entry => entry.Id).ToList();

        Assert.True(events.Count > 5, $"only {events.Count} events found");
        var twice = events.GroupBy(entry => entry.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(" and ", group.Select(entry => entry.Owner))}");
        Assert.Empty(twice);
        GoldenFile.Check("event-ids.txt", Lines(events.Select(entry => $"{entry.Id}  {entry.Level}  {entry.Owner}  {entry.Template}")));
    }

    [Fact]
    public void EventIds_LieInTheRangeOfTheirModule()
    {
        var events = Events().ToList();

        Assert.NotEmpty(events);
        Assert.All(events, entry =>
        {
            var (from, to) = RangeOf(entry.Owner);
            Assert.True(entry.Id >= from && entry.Id < to, $"{entry.Owner}: event {entry.Id} is outside {from}..{to - 1}");
        });
    }

    [Fact]
    public void MetricNames_AreUniqueAndAsListed()
    {
        var metrics = Assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(property => property.PropertyType == typeof(MetricDefinition))
            .Select(property => (MetricDefinition)property.GetValue(null)!)
            .OrderBy(metric => metric.Name, StringComparer.Ordinal).ToList();

        Assert.True(metrics.Count > 5, $"only {metrics.Count} metrics found");
        Assert.Equal(metrics.Count, metrics.DistinctBy(metric => metric.Name).Count());
        // Ours, and the names every .NET and Prometheus dashboard expects of a process.
        Assert.All(metrics, metric => Assert.Matches("^(tidegate|dotnet|process)_", metric.Name));
        GoldenFile.Check("metrics.txt", Lines(metrics.Select(metric => $"{metric.Name}  {metric.Kind.ToString().ToLowerInvariant()}  {metric.Unit}  {{{string.Join(',', metric.Labels)}}}")));
    }

    private static IEnumerable<(int Id, LogLevel Level, string Owner, string Template)> Events() =>
        from assembly in Assemblies
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        select (attribute.EventId, attribute.Level, (type.DeclaringType ?? type).FullName!, attribute.Message);

    private static (int From, int To) RangeOf(string owner) => owner.Split('.') switch
    {
        [_, "Gateway", ..] => (1000, 2000),
        [_, "Platform", "Storage", ..] => (2000, 2100),
        [_, "Platform", "Audit", ..] => (2100, 2200),
        [_, "Platform", "Security", ..] => (2200, 2300),
        [_, "Platform", "ConfigStore", ..] => (2300, 2400),
        [_, "Platform", "Budgets", ..] => (2400, 2500),
        [_, "Platform", "Events", ..] => (2500, 2600),
        [_, "Insight", "CallLog", ..] => (3000, 3100),
        [_, "Insight", "Telemetry", ..] => (3100, 3200),
        [_, "Insight", "Bodies", ..] => (3200, 3300),
        [_, "Insight", "Indicators", ..] => (3200, 3300),
        [_, "Insight", "Objectives", ..] => (3300, 3400),
        [_, "Insight", "Notifications", ..] => (3400, 3500),
        [_, "Insight", "Incidents", ..] => (3500, 3600),
        [_, "Insight", "InboundAlerts", ..] => (3600, 3700),
        [_, "Insight", "Reports", ..] => (3700, 3800),
        [_, "Operations", "Delivery", ..] => (4000, 4100),
        [_, "Operations", "Remediation", ..] => (4100, 4200),
        [_, "Hosting" or "Status" or "Cli" or "Verbs" or "Demo", ..] => (9000, 10000),
        _ => (0, 0),
    };

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";
}
