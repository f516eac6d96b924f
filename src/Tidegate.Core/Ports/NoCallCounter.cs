using Tidegate.Core.Calls;

namespace Tidegate.Core.Ports;

/// <summary>For a gateway without objectives.</summary>
public sealed class NoCallCounter : ICallCounter
{
    /// <inheritdoc/>
    public void Count(CallRecord record)
    {
    }
}
