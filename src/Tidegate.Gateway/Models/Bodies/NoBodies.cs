using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Bodies;

/// <summary>Where there is no log of bodies.</summary>
internal sealed class NoBodies : IBodySink
{
    /// <inheritdoc/>
    public bool TryReserve(int bytes) => false;

    /// <inheritdoc/>
    public void Release(int bytes)
    {
    }

    /// <inheritdoc/>
    public void Write(CallBodies bodies)
    {
    }
}
