using Tidegate.Tests.Core.Resources.OpenSlo.Prometheus;
using Tidegate.Tests.Gateway.Models;
using Tidegate.Tests.Gateway.Models.Buffers;
using Tidegate.Tests.Insight.CallLog.Sql;
using Tidegate.Tests.Insight.CallLog.Writing;
using Tidegate.Tests.Platform.Storage;
using Xunit.Sdk;
using Xunit.v3;

namespace Tidegate.Tests.Support;

/// <summary>Begins with the classes that take longest, so that no processor waits for them at the end; the others come in the order of chance, as ever.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    // Longest first. A name that is not there any more does not compile.
    private static readonly string[] Long =
    [
        nameof(KillOnSqliteTests), nameof(KillOnPostgresTests), nameof(LentBodiesTests), nameof(PrometheusRulesTests), nameof(VendorStreamTests), nameof(StateHealthTests),
        nameof(SqlAttackTests), nameof(CrashTests),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(Place)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var at = Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal));
        return at < 0 ? Long.Length : at;
    }
}
