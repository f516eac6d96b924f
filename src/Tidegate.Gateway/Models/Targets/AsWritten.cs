using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>In the order written.</summary>
internal sealed class AsWritten : ITargetStrategy
{
    /// <inheritdoc/>
    public void Order(Span<TargetModel> targets, ModelCall model, IRandomSource random, long now)
    {
    }
}
