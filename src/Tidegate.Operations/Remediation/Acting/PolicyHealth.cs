using System.Collections.Concurrent;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>Which rules cannot be looked at, and why.</summary>
internal sealed class PolicyHealth : IModuleHealth
{
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);

    public string Module => RemediationModule.Word;

    public IReadOnlyList<string> Problems => [.. _problems.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"Rule {p.Key} of an error budget policy fails and is tried again: {p.Value}")];

    public void Unwell(string rule, string reason) => _problems[rule] = reason;

    public void Well(string rule) => _problems.TryRemove(rule, out _);
}
