using Tidegate.Core.Resources;

namespace Tidegate.Gateway.Snapshot;

/// <summary>What the builder of a snapshot found wrong. Collected, so that an operator sees all of it at once.</summary>
internal sealed class FindingList
{
    private readonly List<Finding> _findings = [];

    /// <summary>All findings, in the order they were made.</summary>
    public IReadOnlyList<Finding> All => _findings;

    /// <summary>True when the configuration cannot be taken.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a reason not to take the configuration.</summary>
    public void Error(Resource? resource, string code, string path, string message)
    {
        HasErrors = true;
        _findings.Add(new Finding(FindingSeverity.Error, code, resource?.Id ?? "", path, message, resource?.Source));
    }
}
