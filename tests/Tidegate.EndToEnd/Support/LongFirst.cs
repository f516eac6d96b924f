using Tidegate.EndToEnd.Models.Support;
using Tidegate.EndToEnd.Scenarios;
using Xunit.Sdk;
using Xunit.v3;

namespace Tidegate.EndToEnd.Support;

/// <summary>Begins with the collections that take longest, so that no processor waits for them at the end; the others come in the order of chance, as ever.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    // Longest first. A name that is not there any more does not compile.
    private static readonly string[] Long =
    [
        nameof(ObjectivesOverPrometheusTests), nameof(ABurningBudgetMovesTrafficTests), nameof(ACanaryStepsAndABadOneIsTakenBackTests), nameof(AlertsOfOthersJoinTheStreamTests),
        nameof(MetricsPushedOverOtlpTests), nameof(AReleaseAsksFirstTests), nameof(TlsByServerNameTests), nameof(ModelHost),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(Place)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var at = Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
        return at < 0 ? Long.Length : at;
    }
}
