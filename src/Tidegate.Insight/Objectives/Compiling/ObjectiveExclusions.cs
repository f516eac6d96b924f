using System.Text;
using System.Text.Json;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives;
using Tidegate.Core.Resources.Objectives.Exclusions;
using Tidegate.Core.Resources.Writing;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>Times that do not count for an objective. By value: changed exclusions make another objective, whose history is read anew.</summary>
internal sealed record ObjectiveExclusions
{
    private readonly IReadOnlyList<Resource<ExclusionConfig>> _rules;
    private (long Minute, bool Excluded) _last = (long.MinValue, false);

    private ObjectiveExclusions(IReadOnlyList<Resource<ExclusionConfig>> rules)
    {
        _rules = rules;
        Key = rules.Aggregate(new StringBuilder(), (text, rule) => text.Append(DocumentWriter.Canonical(rule))).ToString();
    }

    /// <summary>None.</summary>
    public static ObjectiveExclusions None { get; } = new([]);

    /// <summary>All of them as one text.</summary>
    public string Key { get; }

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _rules.Count == 0;

    /// <summary>The rules themselves.</summary>
    public IReadOnlyList<Resource<ExclusionConfig>> Rules => _rules;

    /// <summary>The word of a cause.</summary>
    public static string WordOf(ExclusionCause cause) => JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString());

    /// <summary>Each in words: what, why, who.</summary>
    public IReadOnlyList<string> Words => [.. _rules.Select(r => $"{r.Metadata.Name} ({WordOf(r.Spec.Kind)}): {r.Spec.Reason}, by {r.Spec.Author}")];

    public static ObjectiveExclusions For(string slo, string service, ConfigDocument document)
    {
        var rules = document.OfKind<ExclusionConfig>().Where(e => e.Spec.Slos.Contains(slo, StringComparer.Ordinal) || e.Spec.Services.Contains(service, StringComparer.Ordinal)).ToList();
        return rules.Count == 0 ? None : new(rules);
    }

    /// <summary>True when what happened at a moment does not count. Exclusions begin and end with whole minutes.</summary>
    public bool Cover(DateTimeOffset at)
    {
        if (IsEmpty) return false;
        var minute = at.UtcTicks / TimeSpan.TicksPerMinute;
        if (_last.Minute != minute) _last = (minute, _rules.Any(r => Periods.Cover(r.Spec.Windows, at)));
        return _last.Excluded;
    }

    /// <summary>Name of the first exclusion that covers a moment; null when none does.</summary>
    public string? NameAt(DateTimeOffset at) => _rules.FirstOrDefault(r => Periods.Cover(r.Spec.Windows, at))?.Metadata.Name;

    public bool Equals(ObjectiveExclusions? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
