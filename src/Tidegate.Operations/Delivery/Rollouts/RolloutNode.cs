using System.Security.Cryptography;
using System.Text;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>Whose call log is judged: the same after a restart, another on another machine or data directory.</summary>
internal sealed class RolloutNode
{
    public RolloutNode(ProcessOptions options) =>
        Name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{Path.GetFullPath(options.DataDirectory)}")))[..16];

    /// <summary>Tells it from others.</summary>
    public string Name { get; }
}
