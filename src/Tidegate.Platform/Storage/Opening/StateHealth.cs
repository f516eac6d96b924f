using System.Globalization;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Storage.Opening;

/// <summary>The state database in the status of the node.</summary>
internal sealed class StateHealth(StateStore store) : IModuleHealth
{
    public string Module => "Storage";

    public IReadOnlyList<string> Problems => store.Trouble is { } trouble
        ? [string.Create(CultureInfo.InvariantCulture, $"{trouble.Error.Message} ({trouble.Error.Word}, since {trouble.Since:yyyy-MM-dd'T'HH:mm:ss'Z'}) Changes are refused until it is back; traffic is not affected.")]
        : [];
}
