using System.Globalization;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.ConfigStore.Publishing;

/// <summary>The configuration in the status of the node.</summary>
internal sealed class ConfigHealth(ConfigPublisher publisher) : IModuleHealth
{
    public string Module => "ConfigStore";

    public IReadOnlyList<string> Problems => publisher is { IsOrphan: true, Revision: { } revision }
        ? [string.Create(CultureInfo.InvariantCulture, $"The state database is new and has no configuration: revision {revision.Number} of last-good.json is in force. Restore a backup of the database, or apply the configuration again and issue keys anew.")]
        : [];
}
