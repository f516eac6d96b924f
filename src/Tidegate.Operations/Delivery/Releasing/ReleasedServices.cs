using Tidegate.Insight.Objectives;

namespace Tidegate.Operations.Delivery.Releasing;

/// <summary>Services that have releases.</summary>
internal sealed class ReleasedServices(ReleaseStore releases) : IServiceNames
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> AllAsync(CancellationToken cancel) => releases.ServicesAsync(cancel);
}
